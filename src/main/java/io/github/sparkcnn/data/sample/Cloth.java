package io.github.sparkcnn.data.sample;

import java.util.SplittableRandom;

/** What one garment is made of: its brightness and pattern; and the random choices of its cut. */
final class Cloth implements Canvas.Paint {
    private final SplittableRandom random;
    private final double brightness;
    private final double contrast;
    private final double wavesX;
    private final double wavesY;

    Cloth(SplittableRandom random) {
        this.random = random;
        this.brightness = between(0.3, 1);
        boolean plain = chance(0.45);
        this.contrast = plain ? 0 : between(0.1, 0.65);
        boolean across = chance(0.5);
        this.wavesX = chance(0.2) || across ? between(0.6, 2.6) : 0;
        this.wavesY = across ? 0 : between(0.6, 2.6);
    }

    double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** About the normal distribution: the sum of four uniform numbers, scaled to deviation 1. */
    double noise() {
        double sum = random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble();
        return (sum - 2) * Math.sqrt(3);
    }

    /** Stripes or checks, by StrictMath: the same bytes on every machine. */
    @Override
    public double at(int x, int y) {
        if (contrast == 0) {
            return brightness;
        }
        double wave = StrictMath.sin(x * wavesX + y * wavesY * 0.05) * StrictMath.cos(y * wavesY);
        return brightness * (1 - contrast * (0.5 + 0.5 * wave));
    }

    Canvas.Paint darker(double factor) {
        return (x, y) -> at(x, y) * factor;
    }
}
