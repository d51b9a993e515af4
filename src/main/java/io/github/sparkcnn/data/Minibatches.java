package io.github.sparkcnn.data;

import java.util.SplittableRandom;

/**
 * Cuts one worker's images into the minibatches of an epoch. The order is a new permutation every epoch, from
 * (seed, epoch, worker); floats are made of one minibatch at a time.
 */
public final class Minibatches {

    private final PackedImages images;
    private final float[] table;
    private final int batchSize;
    private final int count;
    private final int[] order;
    private final float[] features;
    private final int[] labels;

    /**
     * Prepares buffers for one minibatch.
     *
     * @param dropLast leave out the last minibatch when it is not full
     */
    public Minibatches(PackedImages images, PixelScale scale, int batchSize, boolean dropLast) {
        this.images = images;
        this.table = scale.table();
        this.batchSize = batchSize;
        this.count = count(images.size(), batchSize, dropLast);
        this.order = new int[images.size()];
        this.features = new float[batchSize * images.shape().size()];
        this.labels = new int[batchSize];
    }

    /** The number of minibatches that so many images make. */
    public static int count(int images, int batchSize, boolean dropLast) {
        return dropLast ? images / batchSize : (images + batchSize - 1) / batchSize;
    }

    /** The number of minibatches in an epoch. */
    public int count() {
        return count;
    }

    /** Shuffles for an epoch: Fisher and Yates, on the stream of (seed, epoch, worker). */
    public void startEpoch(long seed, int epoch, int worker) {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        SplittableRandom random = new SplittableRandom(Seeds.of(seed, epoch, worker));
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    /** The {@code i}-th minibatch of the epoch; valid until the next call. */
    public Minibatch get(int i) {
        int from = i * batchSize;
        int size = Math.min(batchSize, order.length - from);
        int imageSize = images.shape().size();
        for (int k = 0; k < size; k++) {
            int image = order[from + k];
            labels[k] = images.label(image);
            PixelScale.apply(table, images.pixels(), image * imageSize, features, k * imageSize, imageSize);
        }
        return new Minibatch(features, labels, size);
    }
}
