package io.github.sparkcnn.kernel.onednn.pointwise;

import io.github.sparkcnn.kernel.step.Step.Noise.Kind;
import io.github.sparkcnn.random.RandomStream;
import java.util.Arrays;

/** Draws the factors and summands of a noise, as a pure function of the seed. */
final class NoiseSource {

    /** −λα, SELU's lowest value. */
    private static final double LOWEST = -1.0507009873554804 * 1.6732632423543772;

    private final Kind kind;
    private final double amount;
    private final RandomStream random = new RandomStream();
    private float[] factors = {};
    private float[] summands = {};
    private int ofMap = 1;

    NoiseSource(Kind kind, double amount) {
        this.kind = kind;
        this.amount = amount;
    }

    boolean isOfMaps() {
        return kind == Kind.MAPS;
    }

    boolean hasFactors() {
        return kind != Kind.SUMMANDS;
    }

    boolean hasSummands() {
        return kind == Kind.SUMMANDS || kind == Kind.SELF_NORMALIZING;
    }

    /** Makes room for so many values, in maps of so many. */
    void prepare(int size, int map) {
        factors = new float[hasFactors() ? size : 0];
        summands = new float[hasSummands() ? size : 0];
        ofMap = map;
    }

    float[] factors() {
        return factors;
    }

    float[] summands() {
        return summands;
    }

    void draw(long seed) {
        random.restart(seed);
        switch (kind) {
            case MAPS -> maps();
            case SELF_NORMALIZING -> selfNormalizing();
            case FACTORS -> normal(factors, 1);
            case SUMMANDS -> normal(summands, 0);
        }
    }

    private void maps() {
        for (int i = 0; i < factors.length; i += ofMap) {
            float factor = random.chance(amount) ? (float) (1 / amount) : 0;
            Arrays.fill(factors, i, i + ofMap, factor);
        }
    }

    /** Klambauer et al., "Self-normalizing neural networks", 2017: a (xd + α′(1 − d)) + b. */
    private void selfNormalizing() {
        double a = 1 / Math.sqrt(amount + LOWEST * LOWEST * amount * (1 - amount));
        double b = -a * (1 - amount) * LOWEST;
        for (int i = 0; i < factors.length; i++) {
            boolean kept = random.chance(amount);
            factors[i] = kept ? (float) a : 0;
            summands[i] = (float) (kept ? b : a * LOWEST + b);
        }
    }

    /** Box and Muller, "A note on the generation of random normal deviates", 1958. */
    private void normal(float[] target, double mean) {
        for (int i = 0; i < target.length; i += 2) {
            double radius = amount * Math.sqrt(-2 * Math.log(1 - random.uniform()));
            double angle = 2 * Math.PI * random.uniform();
            target[i] = (float) (mean + radius * Math.cos(angle));
            if (i + 1 < target.length) {
                target[i + 1] = (float) (mean + radius * Math.sin(angle));
            }
        }
    }
}
