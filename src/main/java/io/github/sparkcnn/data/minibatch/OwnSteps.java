package io.github.sparkcnn.data.minibatch;

import io.github.sparkcnn.random.Seeds;

/**
 * Every worker cuts its share by itself ({@code training.batch-size}): the order is a permutation of the share, on the stream of
 * (seed, epoch, worker).
 *
 * @param batchSize images a minibatch
 * @param dropLast leave out the last minibatch of an epoch when it is not full
 */
public record OwnSteps(int batchSize, boolean dropLast) implements Steps {

    @Override
    public int batchSize(int worker) {
        return batchSize;
    }

    @Override
    public int count(int worker, int images) {
        return dropLast ? images / batchSize : (images + batchSize - 1) / batchSize;
    }

    @Override
    public void shuffle(int[] order, long seed, int epoch, int worker) {
        Steps.shuffle(order, Seeds.of(seed, epoch, worker));
    }
}
