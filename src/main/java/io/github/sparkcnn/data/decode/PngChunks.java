package io.github.sparkcnn.data.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import java.util.zip.CRC32;

/**
 * A PNG's chunks: length, type, data, CRC-32. The JDK's reader looks at no checksum, so that damage would become pixels.
 *
 * @see <a href="https://www.w3.org/TR/png/#5DataRep">PNG, datastream structure</a>
 */
record PngChunks(ImageShape shape) {
    private static final int SIGNATURE = 8;
    private static final int COLOUR_BIT = 2;
    private static final int PALETTE_BIT = 1;

    static PngChunks of(byte[] bytes) {
        Bytes png = Bytes.big(bytes);
        if (!type(bytes, SIGNATURE).equals("IHDR")) {
            throw new MalformedImage("is a PNG without a header");
        }
        int kind = png.byteAt(SIGNATURE + 17);
        boolean colour = (kind & COLOUR_BIT) != 0 && ((kind & PALETTE_BIT) == 0 || !hasGreyPalette(bytes, png));
        return new PngChunks(ImageHeader.shape(colour, png.intAt(SIGNATURE + 12), png.intAt(SIGNATURE + 8)));
    }

    /** Refuses what is cut short or has a wrong checksum. */
    static void requireWhole(byte[] bytes) {
        Bytes png = Bytes.big(bytes);
        CRC32 crc = new CRC32();
        String type = "";
        for (int at = SIGNATURE; !type.equals("IEND"); ) {
            int length = at + 12 > bytes.length ? -1 : png.intAt(at);
            if (length < 0 || length > bytes.length - at - 12) {
                throw new MalformedImage("is cut short after " + bytes.length + " bytes");
            }
            type = type(bytes, at);
            crc.reset();
            crc.update(bytes, at + 4, length + 4);
            if ((int) crc.getValue() != png.intAt(at + 8 + length)) {
                throw new MalformedImage(
                        "is damaged: the checksum of its " + type + " chunk at byte " + at + " is wrong");
            }
            at += length + 12;
        }
    }

    private static boolean hasGreyPalette(byte[] bytes, Bytes png) {
        for (int at = SIGNATURE; at + 12 <= bytes.length && png.intAt(at) >= 0; at += png.intAt(at) + 12) {
            if (type(bytes, at).equals("PLTE")) {
                return png.areGreys(at + 8, png.intAt(at) / 3, 3);
            }
        }
        return false;
    }

    private static String type(byte[] bytes, int at) {
        return new String(bytes, at + 4, 4, ISO_8859_1);
    }
}
