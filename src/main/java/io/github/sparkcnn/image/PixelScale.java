package io.github.sparkcnn.image;

import java.io.Serializable;

/**
 * How a byte becomes the network's input: {@code (x / 255 − mean) / deviation}.
 *
 * @param mean of x / 255
 * @param deviation of x / 255, above 0
 */
public record PixelScale(double mean, double deviation) implements Serializable {

    /** x / 255, in [0, 1]. */
    public static final PixelScale UNIT = new PixelScale(0, 1);

    /** The value of each of the 256 bytes. */
    public float[] table() {
        float[] table = new float[256];
        for (int x = 0; x < 256; x++) {
            table[x] = (float) ((x / 255.0 - mean) / deviation);
        }
        return table;
    }

    /** Converts {@code count} bytes, unsigned. */
    public static void apply(float[] table, byte[] from, int fromIndex, float[] to, int toIndex, int count) {
        for (int i = 0; i < count; i++) {
            to[toIndex + i] = table[from[fromIndex + i] & 0xff];
        }
    }
}
