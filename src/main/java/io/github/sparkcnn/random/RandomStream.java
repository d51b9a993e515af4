package io.github.sparkcnn.random;

/**
 * A stream of random numbers that restarts without allocation: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
 * number generators", 2014). Mutable, for one thread.
 */
public final class RandomStream {

    private long state;

    /** Goes to the beginning of the seed's stream. */
    public void restart(long seed) {
        state = seed;
    }

    public long next() {
        state += 0x9E3779B97F4A7C15L;
        long x = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    /** Uniform in [0, 1), 53 bits. */
    public double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** Uniform in [low, high). */
    public double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** A whole number in [0, bound); bounds are image sizes, so that the bias of about 2⁻⁵³ · bound does not matter. */
    public int below(int bound) {
        return (int) (uniform() * bound);
    }

    public boolean chance(double probability) {
        return uniform() < probability;
    }
}
