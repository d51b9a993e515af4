package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MovedPixels;
import io.github.sparkcnn.random.RandomStream;
import io.github.sparkcnn.random.Seeds;
import java.util.List;

/**
 * Applies the configured augmentations to one image at a time, without allocation. What comes out depends on (seed, epoch, index
 * of the image) only, however the images are spread over workers and in whatever order they come. For one thread.
 */
public final class ImageAugmenter {

    /** Keeps these streams apart from the others of the same seed, such as the order of the images. */
    private static final long STREAM = 0xA06;

    private final ImageShape shape;
    private final List<Augmentation> augmentations;
    private final long seed;
    private final RandomStream random = new RandomStream();
    private byte[] current;
    private byte[] next;

    /**
     * Makes ready for images of a shape.
     *
     * @throws io.github.sparkcnn.UserException for images that are too small for one of the augmentations
     */
    public ImageAugmenter(List<Augmentation> augmentations, ImageShape shape, long seed) {
        requireUsable(augmentations, shape);
        this.shape = shape;
        this.augmentations = List.copyOf(augmentations);
        this.seed = seed;
        this.current = new byte[shape.size()];
        this.next = new byte[shape.size()];
    }

    /**
     * Checks on the driver, before workers make augmenters.
     *
     * @throws io.github.sparkcnn.UserException for images that are too small for one of the augmentations
     */
    public static void requireUsable(List<Augmentation> augmentations, ImageShape shape) {
        augmentations.forEach(augmentation -> augmentation.requireUsable(shape));
    }

    /**
     * Augments one image.
     *
     * @param pixels images, unsigned; not changed
     * @param from where the image begins
     * @param index of the image in the data set
     * @return the augmented image from position 0 on, {@code shape.size()} bytes; valid until the next call
     */
    public byte[] augment(byte[] pixels, int from, int epoch, int index) {
        System.arraycopy(pixels, from, current, 0, shape.size());
        restart(epoch, index);
        for (Augmentation augmentation : augmentations) {
            augmentation.apply(shape, current, next, random);
            byte[] augmented = next;
            next = current;
            current = augmented;
        }
        return current;
    }

    /** Whether all of them move rows and columns and nothing else, so that {@link #move} can say what they do. */
    public boolean onlyMoves() {
        return augmentations.stream().allMatch(Move.class::isInstance);
    }

    /**
     * Says where the pixels of one image move instead of moving them.
     *
     * @param index of the image in the data set
     * @param number of the image there
     */
    public void move(int epoch, int index, MovedPixels moved, int number) {
        moved.start(number);
        restart(epoch, index);
        for (Augmentation augmentation : augmentations) {
            ((Move) augmentation).move(moved, random);
        }
    }

    private void restart(int epoch, int index) {
        random.restart(Seeds.of(seed, STREAM, epoch, index));
    }
}
