package io.github.sparkcnn.image;

/** The value of every byte of every channel: turns the bytes of images into the network's input. */
public final class PixelTable {

    /** {@code [1 or channels][256]}. */
    private final float[][] values;
    /** Bytes that one row of the table is for: a channel's, or an image's where all channels are alike. */
    private final int run;

    PixelTable(PixelScale scale, ImageShape shape) {
        if (!scale.fits(shape.channels())) {
            throw new IllegalArgumentException(scale.mean().size() + " means for images of " + shape);
        }
        this.values = new float[scale.mean().size()][];
        for (int channel = 0; channel < values.length; channel++) {
            values[channel] = scale.values(channel);
        }
        this.run = shape.size() / values.length;
    }

    /**
     * Converts whole images.
     *
     * @param count of bytes, unsigned: images · channels · height · width
     */
    public void apply(byte[] from, int fromIndex, float[] to, int toIndex, int count) {
        if (values.length == 1) {
            apply(values[0], from, fromIndex, to, toIndex, count);
            return;
        }
        for (int done = 0; done < count; done += run) {
            float[] channel = values[done / run % values.length];
            apply(channel, from, fromIndex + done, to, toIndex + done, run);
        }
    }

    /** The same as one table for lookups elsewhere: {@code [1 or channels · 256]}. */
    public float[] flat() {
        float[] flat = new float[values.length * 256];
        for (int channel = 0; channel < values.length; channel++) {
            System.arraycopy(values[channel], 0, flat, channel * 256, 256);
        }
        return flat;
    }

    private static void apply(float[] table, byte[] from, int fromIndex, float[] to, int toIndex, int count) {
        for (int i = 0; i < count; i++) {
            to[toIndex + i] = table[from[fromIndex + i] & 0xff];
        }
    }
}
