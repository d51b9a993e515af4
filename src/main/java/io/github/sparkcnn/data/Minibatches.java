package io.github.sparkcnn.data;

import io.github.sparkcnn.data.augment.ImageAugmenter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Cuts one worker's images into the minibatches of an epoch. The order is a new permutation every epoch, from
 * (seed, epoch, worker); images are augmented and floats are made of one minibatch at a time. Augmentation is shared out among
 * the worker's threads: the images do not depend on each other. Floats alone are made before OpenMP's threads stop spinning.
 */
public final class Minibatches {

    private final PackedImages images;
    private final MinibatchPlan plan;
    private final float[] table;
    private final List<ImageAugmenter> augmenters;
    private final int[] order;
    private final float[] features;
    private final int[] labels;
    private int epoch;

    Minibatches(PackedImages images, MinibatchPlan plan, int threads) {
        this.images = images;
        this.plan = plan;
        this.table = plan.scale().table();
        this.augmenters = Stream.generate(() -> new ImageAugmenter(plan.augmentation(), images.shape(), plan.seed()))
                .limit(plan.augmentation().isEmpty() ? 1 : threads)
                .toList();
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
        int threads = augmenters.size();
        if (threads == 1) {
            fill(augmenters.get(0), from, 0, size);
        } else {
            IntStream.range(0, threads)
                    .parallel()
                    .forEach(t -> fill(augmenters.get(t), from, size * t / threads, size * (t + 1) / threads));
        }
        return new Minibatch(features, labels, size);
    }

    /** Makes the rows {@code [begin, end)} of the minibatch that begins at {@code from} in the order. */
    private void fill(ImageAugmenter augmenter, int from, int begin, int end) {
        int imageSize = images.shape().size();
        for (int k = begin; k < end; k++) {
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
    }
}
