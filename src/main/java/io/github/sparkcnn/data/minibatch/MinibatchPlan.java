package io.github.sparkcnn.data.minibatch;

import io.github.sparkcnn.data.augment.Augmentation;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.PixelScale;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How every worker makes minibatches of its share.
 *
 * @param steps which images make a minibatch
 * @param seed of the order of the images and of the augmentation
 * @param augmentation {@code training.augmentation}; empty for none
 */
public record MinibatchPlan(PixelScale scale, Steps steps, long seed, List<Augmentation> augmentation)
        implements Serializable {

    /**
     * Of workers that cut their shares by themselves.
     *
     * @param batchSize images a minibatch
     * @param dropLast leave out the last minibatch of an epoch when it is not full
     */
    public MinibatchPlan(
            PixelScale scale, int batchSize, boolean dropLast, long seed, List<Augmentation> augmentation) {
        this(scale, new OwnSteps(batchSize, dropLast), seed, augmentation);
    }

    /** The number of steps in an epoch: the minibatches of the worker that makes most. */
    public int count(List<Integer> shares) {
        return IntStream.range(0, shares.size())
                .map(worker -> steps.count(worker, shares.get(worker)))
                .max()
                .orElse(0);
    }

    /** The images that all workers have seen before a step of the epoch, or before its end. */
    public long imagesBefore(int step, List<Integer> shares) {
        return IntStream.range(0, shares.size())
                .mapToLong(worker -> imagesBefore(step, worker, shares.get(worker)))
                .sum();
    }

    /** The images of a full step of all workers. */
    public long imagesOfStep(int workers) {
        return IntStream.range(0, workers).mapToLong(steps::batchSize).sum();
    }

    private long imagesBefore(int step, int worker, int share) {
        return Math.min((long) Math.min(step, steps.count(worker, share)) * steps.batchSize(worker), share);
    }

    /** The minibatches of a share. */
    public Minibatches of(Share share) {
        return new Minibatches(share, this);
    }
}
