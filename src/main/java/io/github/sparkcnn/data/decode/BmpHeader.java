package io.github.sparkcnn.data.decode;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import java.util.Set;

/** What a bitmap's two headers tell: the old one of OS/2 has sides of two bytes and colours of three. */
record BmpHeader(ImageShape shape) {
    private static final int OS2 = 12;
    private static final int RLE_8 = 1;
    private static final int RLE_4 = 2;
    private static final int BIT_FIELDS = 3;

    static BmpHeader of(byte[] bytes) {
        Bytes bmp = Bytes.little(bytes);
        int header = bmp.intAt(14);
        boolean old = header == OS2;
        int width = old ? bmp.shortAt(18) : bmp.intAt(18);
        int height = old ? bmp.shortAt(20) : Math.abs(bmp.intAt(22)); // below 0: from the top down
        int bits = bmp.shortAt(old ? 24 : 28);
        int compression = old ? 0 : bmp.intAt(30);
        if (!isKnown(bits, compression)) {
            // The JDK's reader would make room for whatever it takes them for, or read a JPEG or PNG inside.
            throw new MalformedImage("has " + bits + " bits a pixel, compressed by method " + compression
                    + ", which no bitmap of pixels has");
        }
        boolean colour = bits > 8 || !hasGreyPalette(bmp, header, bits);
        ImageShape shape = ImageHeader.shape(colour, height, width);
        long row = ((long) width * bits + 31) / 32 * 4;
        long pixels = bmp.intAt(10);
        if (header < OS2 || pixels < 14L + header) {
            // The JDK's reader would make a palette of that size.
            throw new MalformedImage("is damaged: its pixels begin at byte " + pixels + ", within its header");
        }
        if (pixels > bytes.length || (compression == 0 && pixels + row * height > bytes.length)) {
            throw new MalformedImage("is cut short after " + bytes.length + " bytes");
        }
        return new BmpHeader(shape);
    }

    private static boolean isKnown(int bits, int compression) {
        return switch (compression) {
            case 0 -> Set.of(1, 4, 8, 16, 24, 32).contains(bits);
            case RLE_8 -> bits == 8;
            case RLE_4 -> bits == 4;
            case BIT_FIELDS -> bits == 16 || bits == 32;
            default -> false;
        };
    }

    private static boolean hasGreyPalette(Bytes bmp, int header, int bits) {
        int used = header == OS2 ? 0 : bmp.intAt(46);
        int colours = used > 0 && used <= 1 << bits ? used : 1 << bits;
        return bmp.areGreys(14 + header, colours, header == OS2 ? 3 : 4);
    }
}
