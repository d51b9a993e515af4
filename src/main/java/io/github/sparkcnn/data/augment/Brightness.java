package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.random.RandomStream;

/** Multiplies every pixel by one factor in 1 ± amount, clipped to 255 (torchvision.transforms.ColorJitter's brightness). */
record Brightness(ImageShape shape, double amount) implements Augmentation {

    @Override
    public void apply(byte[] from, byte[] to, RandomStream random) {
        Blend.apply(from, to, shape.size(), random.uniform(1 - amount, 1 + amount), 0);
    }
}
