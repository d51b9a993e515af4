package io.github.sparkcnn.kernel.onednn.pointwise;

import java.nio.IntBuffer;

/**
 * Bytes that are 1 with the retain probability and 0 otherwise, a pure function of the seed. Four bytes come from one int of
 * the loop, which the JIT turns into vector code; the hash is Wellons' {@code lowbias32}.
 */
final class DropoutMask {
    private final int[] lanes;
    private final int[] mask;
    private final int threshold;
    private final IntBuffer target;

    /**
     * @param target receives the mask, {@code bytes} long, rounded up to a multiple of four
     * @param retain probability of a 1, kept to 1/65536
     */
    DropoutMask(IntBuffer target, long bytes, double retain) {
        this.target = target;
        threshold = (int) Math.round(retain * 65536);
        lanes = new int[Math.toIntExact((bytes + 3) / 4)];
        mask = new int[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = i * 0x9E3779B9;
        }
    }

    void draw(long seed) {
        fill((int) seed, (int) (seed >>> 32), threshold);
        target.put(0, mask);
    }

    private void fill(int low, int high, int limit) {
        for (int i = 0; i < mask.length; i++) {
            int a = lanes[i] ^ low;
            a ^= a >>> 16;
            a *= 0x7feb352d;
            a ^= (a >>> 15) ^ high;
            a *= 0x846ca68b;
            a ^= a >>> 16;
            int b = a * 0x9E3779B1 + high;
            b ^= b >>> 15;
            b *= 0x2c1b3c6d;
            b ^= b >>> 13;
            mask[i] = below(a & 0xffff, limit)
                    | below(a >>> 16, limit) << 8
                    | below(b & 0xffff, limit) << 16
                    | below(b >>> 16, limit) << 24;
        }
    }

    /** 1 if value < limit, without a branch. */
    private static int below(int value, int limit) {
        return (value - limit) >>> 31;
    }
}
