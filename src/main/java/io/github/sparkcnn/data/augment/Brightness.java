package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.random.RandomStream;

/** Multiplies every pixel by one factor in 1 ± amount, clipped to 255 (torchvision.transforms.ColorJitter's brightness). */
record Brightness(double amount) implements Augmentation {

    Brightness {
        Parameters.FRACTION.require("amount", amount);
    }

    @Override
    public void apply(ImageShape shape, byte[] from, byte[] to, RandomStream random) {
        Blend.apply(from, to, shape.size(), random.uniform(1 - amount, 1 + amount), 0);
    }

    /** {@code brightness}. */
    public static final class Provider implements AugmentationProvider {

        @Override
        public String name() {
            return "brightness";
        }

        @Override
        public Augmentation read(Keys keys) {
            return new Brightness(keys.number("amount", Parameters.FRACTION));
        }
    }
}
