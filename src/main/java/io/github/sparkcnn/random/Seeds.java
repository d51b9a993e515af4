package io.github.sparkcnn.random;

/** Seeds for independent random streams, each named by what it is for: (seed, epoch, worker), (seed, epoch, image) … */
public final class Seeds {

    private Seeds() {}

    /** Mixes the parts into one seed; any change in any part or in their order gives an unrelated one. */
    public static long of(long seed, long... parts) {
        long mixed = mix(seed);
        for (long part : parts) {
            mixed = mix(mixed + 0x9E3779B97F4A7C15L + mix(part));
        }
        return mixed;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). */
    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
