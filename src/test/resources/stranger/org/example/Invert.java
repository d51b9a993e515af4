package org.example;

import io.github.sparkcnn.data.augment.Augmentation;
import io.github.sparkcnn.data.augment.AugmentationProvider;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import io.github.sparkcnn.random.RandomStream;

/** {name = invert, probability = 0.5}: black becomes white. */
public final class Invert implements AugmentationProvider {

    @Override
    public String name() {
        return "invert";
    }

    @Override
    public Augmentation read(Keys keys) {
        return new Inversion(keys.number("probability", 0.5, Range.of(0, 1)));
    }

    private record Inversion(double probability) implements Augmentation {

        @Override
        public void apply(ImageShape shape, byte[] from, byte[] to, RandomStream random) {
            int mask = random.chance(probability) ? 0xff : 0;
            for (int i = 0; i < shape.size(); i++) {
                to[i] = (byte) (from[i] ^ mask);
            }
        }
    }
}
