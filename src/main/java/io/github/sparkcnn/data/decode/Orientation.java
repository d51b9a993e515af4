package io.github.sparkcnn.data.decode;

import io.github.sparkcnn.image.ImageShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held, as EXIF's tag 274 says: 1 upright, 2 mirrored, 3 upside down, 4 both, 5 to 8 the same lying on a side.
 *
 * @see <a href="https://www.cipa.jp/std/documents/e/DC-X008-Translation-2019-E.pdf">EXIF 2.32, 4.6.4 A</a>
 */
final class Orientation {
    static final int UPRIGHT = 1;

    private static final int TAG = 0x0112;
    private static final int LAST = 8;
    private static final int FIRST_ON_A_SIDE = 5;

    private Orientation() {}

    /** The tag's value in EXIF's TIFF structure at a position, {@link #UPRIGHT} where there is none or it makes no sense. */
    static int inExif(byte[] bytes, int from, int length) {
        try {
            ByteBuffer tiff = ByteBuffer.wrap(bytes, from, length).slice();
            tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = tiff.getInt(4);
            int entries = tiff.getShort(directory) & 0xffff;
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + 12 * i;
                if ((tiff.getShort(entry) & 0xffff) == TAG) {
                    int value = tiff.getShort(entry + 8);
                    return value >= UPRIGHT && value <= LAST ? value : UPRIGHT;
                }
            }
        } catch (IndexOutOfBoundsException e) {
            return UPRIGHT; // damaged EXIF says nothing of the pixels
        }
        return UPRIGHT;
    }

    static boolean swapsSides(int orientation) {
        return orientation >= FIRST_ON_A_SIDE;
    }

    /** Turns an image upright. */
    static Picture upright(Picture lying, int orientation) {
        if (orientation == UPRIGHT) {
            return lying;
        }
        int height = lying.shape().height();
        int width = lying.shape().width();
        boolean swaps = swapsSides(orientation);
        ImageShape shape = new ImageShape(lying.shape().channels(), swaps ? width : height, swaps ? height : width);
        byte[] pixels = new byte[shape.size()];
        int at = 0;
        for (int c = 0; c < shape.channels(); c++) {
            int plane = c * height * width;
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++) {
                    int row = swaps ? x : y;
                    int column = swaps ? y : x;
                    boolean fromBelow = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
                    boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
                    pixels[at++] = lying.pixels()[
                            plane
                                    + (fromBelow ? height - 1 - row : row) * width
                                    + (fromRight ? width - 1 - column : column)];
                }
            }
        }
        return new Picture(shape, pixels);
    }
}
