package io.github.sparkcnn.data.minibatch;

import io.github.sparkcnn.data.augment.ImageAugmenter;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.ChosenImages;
import io.github.sparkcnn.image.LabelledPixels;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.MovedPixels;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.image.PixelTable;
import java.util.Optional;

/**
 * Cuts one worker's images into the minibatches of an epoch. The order is drawn anew every epoch; images are augmented and floats are
 * made of one minibatch at a time.
 */
public final class Minibatches {

    private final Share share;
    private final MinibatchPlan plan;
    private final PixelTable table;
    private final ImageAugmenter augmenter;
    private final int[] order;
    private final byte[] pixels;
    private final Minibatch own;
    private final Optional<MovedPixels> moved;
    private int epoch;
    private int worker;

    Minibatches(Share share, MinibatchPlan plan) {
        this.share = share;
        this.plan = plan;
        this.table = plan.scale().table(share.shape());
        this.augmenter = new ImageAugmenter(plan.augmentation(), share.shape(), plan.seed());
        this.order = new int[share.size()];
        this.pixels = new byte[share.shape().size()];
        this.own = room();
        this.moved = arePlain() || !areOnlyMoved()
                ? Optional.empty()
                : Optional.of(new MovedPixels(share.shape(), own.labels().length));
    }

    /** The number of minibatches in an epoch, of the worker that has started one; before, of worker 0. */
    public int count() {
        return plan.steps().count(worker, share.size());
    }

    /** Shuffles for an epoch of this worker. */
    public void startEpoch(int number, int rank) {
        epoch = number;
        worker = rank;
        plan.steps().shuffle(order, plan.seed(), epoch, worker);
    }

    /** The images. */
    public LabelledPixels images() {
        return share;
    }

    /** How the network takes them. */
    public PixelScale scale() {
        return plan.scale();
    }

    private boolean arePlain() {
        return plan.augmentation().isEmpty();
    }

    /** Whether {@link #chosen} says all that the network takes: images as they are, or with their rows and columns moved. */
    public boolean areOnlyMoved() {
        return augmenter.onlyMoves();
    }

    private int start(int i) {
        return i * plan.steps().batchSize(worker);
    }

    /** The number of images in the {@code i}-th minibatch. */
    public int size(int i) {
        return Math.min(plan.steps().batchSize(worker), order.length - start(i));
    }

    /** Which images the {@code i}-th minibatch of the epoch is of, and where their pixels move; valid until the next call. */
    public ChosenImages chosen(int i) {
        int from = start(i);
        int size = size(i);
        moved.ifPresent(pixelsOf -> {
            for (int k = 0; k < size; k++) {
                augmenter.move(epoch, share.index(order[from + k]), pixelsOf, k);
            }
        });
        return new ChosenImages(order, from, size, moved);
    }

    /** Arrays for a largest minibatch. */
    public Minibatch room() {
        int largest = plan.steps().batchSize(0);
        return new Minibatch(new float[largest * share.shape().size()], new int[largest], 0);
    }

    /** The {@code i}-th minibatch of the epoch; valid until the next call. */
    public Minibatch get(int i) {
        return get(i, own);
    }

    /** The same in other arrays. */
    public Minibatch get(int i, Minibatch room) {
        int from = start(i);
        int size = size(i);
        for (int k = 0; k < size; k++) {
            int image = order[from + k];
            room.labels()[k] = share.label(image);
            share.read(image, pixels);
            byte[] input = arePlain() ? pixels : augmenter.augment(pixels, 0, epoch, share.index(image));
            table.apply(input, 0, room.features(), k * pixels.length, pixels.length);
        }
        return new Minibatch(room.features(), room.labels(), size);
    }
}
