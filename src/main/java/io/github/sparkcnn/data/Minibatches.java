package io.github.sparkcnn.data;

import io.github.sparkcnn.data.augment.ImageAugmenter;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.random.Seeds;
import java.util.SplittableRandom;

/**
 * Cuts one worker's images into the minibatches of an epoch. The order is a new permutation every epoch, from
 * (seed, epoch, worker); images are augmented and floats are made of one minibatch at a time.
 */
public final class Minibatches {

    private final PackedImages images;
    private final MinibatchPlan plan;
    private final float[] table;
    private final ImageAugmenter augmenter;
    private final int[] order;
    private final float[] features;
    private final int[] labels;
    private int epoch;

    Minibatches(PackedImages images, MinibatchPlan plan) {
        this.images = images;
        this.plan = plan;
        this.table = plan.scale().table();
        this.augmenter = new ImageAugmenter(plan.augmentation(), images.shape(), plan.seed());
        this.order = new int[images.size()];
        this.features = new float[plan.batchSize() * images.shape().size()];
        this.labels = new int[plan.batchSize()];
    }

    /** The number of minibatches in an epoch. */
    public int count() {
        return plan.count(images.size());
    }

    /** Shuffles for an epoch: Fisher and Yates, on the stream of (seed, epoch, worker). */
    public void startEpoch(int number, int worker) {
        epoch = number;
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        SplittableRandom random = new SplittableRandom(Seeds.of(plan.seed(), epoch, worker));
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    /** The {@code i}-th minibatch of the epoch; valid until the next call. */
    public Minibatch get(int i) {
        int from = i * plan.batchSize();
        int size = Math.min(plan.batchSize(), order.length - from);
        int imageSize = images.shape().size();
        for (int k = 0; k < size; k++) {
            int image = order[from + k];
            labels[k] = images.label(image);
            if (plan.augmentation().isEmpty()) {
                PixelScale.apply(table, images.pixels(), image * imageSize, features, k * imageSize, imageSize);
            } else {
                byte[] augmented =
                        augmenter.augment(images.pixels(), image * imageSize, epoch, images.indices()[image]);
                PixelScale.apply(table, augmented, 0, features, k * imageSize, imageSize);
            }
        }
        return new Minibatch(features, labels, size);
    }
}
