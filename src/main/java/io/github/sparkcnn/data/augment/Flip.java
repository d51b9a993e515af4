package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MovedPixels;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.random.RandomStream;

/** Mirrors left and right, with a probability (torchvision.transforms.RandomHorizontalFlip). */
record Flip(double probability) implements Move {

    Flip {
        Parameters.FRACTION.require("probability", probability);
    }

    @Override
    public void apply(ImageShape shape, byte[] from, byte[] to, RandomStream random) {
        if (!random.chance(probability)) {
            System.arraycopy(from, 0, to, 0, shape.size());
            return;
        }
        int width = shape.width();
        for (int row = 0; row < shape.size(); row += width) {
            for (int x = 0; x < width; x++) {
                to[row + x] = from[row + width - 1 - x];
            }
        }
    }

    @Override
    public void move(MovedPixels image, RandomStream random) {
        if (random.chance(probability)) {
            image.mirror();
        }
    }

    /** {@code flip}. */
    public static final class Provider implements AugmentationProvider {

        @Override
        public String name() {
            return "flip";
        }

        @Override
        public Augmentation read(Keys keys) {
            return new Flip(keys.number("probability", 0.5, Parameters.FRACTION));
        }
    }
}
