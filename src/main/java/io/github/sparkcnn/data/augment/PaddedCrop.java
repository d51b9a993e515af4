package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MovedPixels;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Place;
import io.github.sparkcnn.random.RandomStream;
import java.util.Arrays;

/**
 * Pads with black on every side and cuts the original size out at a random place (torchvision.transforms.RandomCrop): a shift by
 * −padding…padding in both directions.
 *
 * @param place of the keys, for the message where the images turn out smaller
 */
record PaddedCrop(Place place, int padding) implements Move {

    PaddedCrop {
        Parameters.PIXELS.require("padding", padding);
    }

    @Override
    public void requireUsable(ImageShape shape) {
        Parameters.requireWithin(shape, place, "padding", padding);
    }

    @Override
    public void apply(ImageShape shape, byte[] from, byte[] to, RandomStream random) {
        shift(shape, from, to, distance(random), distance(random));
    }

    @Override
    public void move(MovedPixels image, RandomStream random) {
        image.shift(distance(random), distance(random));
    }

    private int distance(RandomStream random) {
        return random.below(2 * padding + 1) - padding;
    }

    /** Moves the image down by {@code dy} and right by {@code dx}. */
    void shift(ImageShape shape, byte[] from, byte[] to, int dy, int dx) {
        int width = shape.width();
        int height = shape.height();
        int columns = Math.max(0, width - Math.abs(dx));
        Arrays.fill(to, 0, shape.size(), (byte) 0);
        for (int c = 0; c < shape.channels(); c++) {
            for (int y = Math.max(0, dy); y < Math.min(height, height + dy); y++) {
                int target = (c * height + y) * width;
                int source = (c * height + y - dy) * width;
                System.arraycopy(from, source + Math.max(0, -dx), to, target + Math.max(0, dx), columns);
            }
        }
    }

    /** {@code crop}. */
    public static final class Provider implements AugmentationProvider {

        @Override
        public String name() {
            return "crop";
        }

        @Override
        public Augmentation read(Keys keys) {
            return new PaddedCrop(keys.place(), keys.whole("padding", 0));
        }
    }
}
