package io.github.sparkcnn.data.augment;

/** Moves pixels away from a value or towards it. */
final class Blend {

    /** Fractions of a grey level; 32 bits hold 255 · 4 · 2¹⁶ and more. */
    private static final int BITS = 16;

    private Blend() {}

    /** Writes value + factor · (pixel − value), rounded to the nearest, clipped to 0…255; the factor is at most 2. */
    static void apply(byte[] from, byte[] to, int size, double factor, double value) {
        int slope = (int) Math.round(factor * (1 << BITS));
        int offset = (int) Math.round((1 - factor) * value * (1 << BITS)) + (1 << (BITS - 1));
        for (int i = 0; i < size; i++) {
            int blended = ((from[i] & 0xff) * slope + offset) >> BITS;
            to[i] = (byte) Math.max(0, Math.min(255, blended));
        }
    }
}
