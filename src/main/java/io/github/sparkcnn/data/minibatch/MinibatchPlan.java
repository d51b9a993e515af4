package io.github.sparkcnn.data.minibatch;

import io.github.sparkcnn.data.augment.Augmentation;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.PixelScale;
import java.io.Serializable;
import java.util.List;

/**
 * How every worker makes minibatches of its share.
 *
 * @param batchSize images a minibatch
 * @param dropLast leave out the last minibatch of an epoch when it is not full
 * @param seed of the order of the images and of the augmentation
 * @param augmentation {@code training.augmentation}; empty for none
 */
public record MinibatchPlan(
        PixelScale scale, int batchSize, boolean dropLast, long seed, List<Augmentation> augmentation)
        implements Serializable {

    /** The number of minibatches that so many images make. */
    public int count(int images) {
        return dropLast ? images / batchSize : (images + batchSize - 1) / batchSize;
    }

    /** The images of a share of so many that an epoch sees. */
    public long imagesSeen(int images) {
        return dropLast ? (long) count(images) * batchSize : images;
    }

    /** The minibatches of a share. */
    public Minibatches of(Share share) {
        return new Minibatches(share, this);
    }
}
