package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.random.RandomStream;

/**
 * Multiplies every pixel's distance to the image's mean by one factor in 1 ± amount, clipped to 0…255
 * (torchvision.transforms.ColorJitter's contrast, of grey images).
 */
record Contrast(ImageShape shape, double amount) implements Augmentation {

    @Override
    public void apply(byte[] from, byte[] to, RandomStream random) {
        Blend.apply(from, to, shape.size(), random.uniform(1 - amount, 1 + amount), mean(from));
    }

    private double mean(byte[] image) {
        int sum = 0;
        for (int i = 0; i < shape.size(); i++) {
            sum += image[i] & 0xff;
        }
        return (double) sum / shape.size();
    }
}
