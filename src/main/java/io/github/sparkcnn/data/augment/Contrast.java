package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.random.RandomStream;

/**
 * Multiplies every pixel's distance to the image's mean by one factor in 1 ± amount, clipped to 0…255
 * (torchvision.transforms.ColorJitter's contrast, of grey images).
 */
record Contrast(double amount) implements Augmentation {

    Contrast {
        Parameters.FRACTION.require("amount", amount);
    }

    @Override
    public void apply(ImageShape shape, byte[] from, byte[] to, RandomStream random) {
        Blend.apply(from, to, shape.size(), random.uniform(1 - amount, 1 + amount), mean(from, shape.size()));
    }

    private static double mean(byte[] image, int size) {
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += image[i] & 0xff;
        }
        return (double) sum / size;
    }

    /** {@code contrast}. */
    public static final class Provider implements AugmentationProvider {

        @Override
        public String name() {
            return "contrast";
        }

        @Override
        public Augmentation read(Keys keys) {
            return new Contrast(keys.number("amount", Parameters.FRACTION));
        }
    }
}
