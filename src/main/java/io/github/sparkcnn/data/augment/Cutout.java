package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Place;
import io.github.sparkcnn.random.RandomStream;

/**
 * Blackens a square around a random pixel; what lies outside the image is cut off (DeVries and Taylor, "Improved Regularization
 * of Convolutional Neural Networks with Cutout", 2017).
 *
 * @param place of the keys, for the message where the images turn out smaller
 * @param size of the square's side
 */
record Cutout(Place place, int size) implements Augmentation {

    Cutout {
        Parameters.PIXELS.require("size", size);
    }

    @Override
    public void requireUsable(ImageShape shape) {
        Parameters.requireWithin(shape, place, "size", size);
    }

    @Override
    public void apply(ImageShape shape, byte[] from, byte[] to, RandomStream random) {
        System.arraycopy(from, 0, to, 0, shape.size());
        int top = random.below(shape.height()) - size / 2;
        int left = random.below(shape.width()) - size / 2;
        Rectangle.blacken(shape, to, top, left, top + size, left + size);
    }

    /** {@code cutout}. */
    public static final class Provider implements AugmentationProvider {

        @Override
        public String name() {
            return "cutout";
        }

        @Override
        public Augmentation read(Keys keys) {
            return new Cutout(keys.place(), keys.whole("size", 0));
        }
    }
}
