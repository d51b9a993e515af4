package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.random.RandomStream;

/**
 * Multiplies every pixel's distance to the image's mean by one factor in 1 ± amount, clipped to 0…255
 * (torchvision.transforms.ColorJitter's contrast); of three channels, which are red, green and blue, the mean of the grey image.
 */
record Contrast(double amount) implements Augmentation {

    private static final int RGB = 3;

    Contrast {
        Parameters.FRACTION.require("amount", amount);
    }

    @Override
    public void apply(ImageShape shape, byte[] from, byte[] to, RandomStream random) {
        Blend.apply(from, to, shape.size(), random.uniform(1 - amount, 1 + amount), mean(shape, from));
    }

    private static double mean(ImageShape shape, byte[] image) {
        int size = shape.size();
        return shape.channels() == RGB ? meanLuma(image, size / RGB) : (double) sum(image, size) / size;
    }

    private static int sum(byte[] image, int size) {
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += image[i] & 0xff;
        }
        return sum;
    }

    /** Of the grey levels of red, green and blue planes, each cut to a whole number (torchvision's rgb_to_grayscale). */
    private static double meanLuma(byte[] image, int plane) {
        int sum = 0;
        for (int i = 0; i < plane; i++) {
            int red = image[i] & 0xff;
            int green = image[plane + i] & 0xff;
            int blue = image[2 * plane + i] & 0xff;
            sum += (int) (0.2989f * red + 0.587f * green + 0.114f * blue);
        }
        return (double) sum / plane;
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
