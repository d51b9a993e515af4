package io.github.sparkcnn.train;

import io.github.sparkcnn.image.Minibatch;

/** Adds up the minibatches' losses and stops at the first one that is not a number. */
final class LossSum {

    private double sum;
    private long images;

    void add(Minibatch batch, double meanLoss) {
        if (!Double.isFinite(meanLoss)) {
            throw new DivergedException("the loss became " + meanLoss + " after " + images + " images of the epoch");
        }
        sum += meanLoss * batch.size();
        images += batch.size();
    }

    long images() {
        return images;
    }

    double sum() {
        return sum;
    }
}
