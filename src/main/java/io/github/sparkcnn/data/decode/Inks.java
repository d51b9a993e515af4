package io.github.sparkcnn.data.decode;

import io.github.sparkcnn.image.ImageShape;
import java.awt.image.Raster;

/**
 * A JPEG of four inks, which the JDK decodes and does not convert, as Pillow makes it colours: YCCK to CMYK as libjpeg does,
 * inverted as Adobe writes it, and red = (255 − K) − C · (255 − K) / 255.
 */
final class Inks {
    private static final int YCCK = 2;
    private static final int BITS = 16;

    private Inks() {}

    /**
     * The colours of a raster of four bands.
     *
     * @param adobe as {@link JpegSegments#adobe()}
     */
    static Picture inColours(Raster raster, int adobe) {
        ImageShape shape = new ImageShape(3, raster.getHeight(), raster.getWidth());
        byte[] pixels = new byte[shape.size()];
        int plane = shape.height() * shape.width();
        int[] row = new int[4 * shape.width()];
        for (int y = 0; y < shape.height(); y++) {
            raster.getPixels(0, y, shape.width(), 1, row);
            for (int x = 0; x < shape.width(); x++) {
                if (adobe == YCCK) {
                    toInks(row, 4 * x);
                }
                int key = ink(row[4 * x + 3], adobe);
                for (int c = 0; c < 3; c++) {
                    int scaled = ink(row[4 * x + c], adobe) * (255 - key) + 128;
                    int taken = ((scaled >> 8) + scaled) >> 8; // · / 255, rounded
                    pixels[c * plane + y * shape.width() + x] = (byte) Math.max(0, 255 - key - taken);
                }
            }
        }
        return new Picture(shape, pixels);
    }

    /** Adobe writes 255 for no ink. */
    private static int ink(int value, int adobe) {
        return adobe >= 0 ? 255 - value : value;
    }

    private static void toInks(int[] row, int at) {
        int y = row[at];
        int blue = row[at + 1] - 128;
        int red = row[at + 2] - 128;
        row[at] = clip(255 - (y + ((fixed(1.402) * red + half()) >> BITS)));
        row[at + 1] = clip(255 - (y + ((-fixed(0.34414) * blue - fixed(0.71414) * red + half()) >> BITS)));
        row[at + 2] = clip(255 - (y + ((fixed(1.772) * blue + half()) >> BITS)));
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << BITS) + 0.5);
    }

    private static int half() {
        return 1 << (BITS - 1);
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
