package io.github.sparkcnn.data.decode;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;

/** What a bitmap's two headers tell: the old one of OS/2 has sides of two bytes and colours of three. */
record BmpHeader(ImageShape shape) {
    private static final int OS2 = 12;

    static BmpHeader of(byte[] bytes) {
        Bytes bmp = Bytes.little(bytes);
        int header = bmp.intAt(14);
        boolean old = header == OS2;
        int width = old ? bmp.shortAt(18) : bmp.intAt(18);
        int height = old ? bmp.shortAt(20) : Math.abs(bmp.intAt(22)); // below 0: from the top down
        int bits = bmp.shortAt(old ? 24 : 28);
        int compression = old ? 0 : bmp.intAt(30);
        boolean colour = bits > 8 || bits == 0 || !hasGreyPalette(bmp, header, bits);
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

    private static boolean hasGreyPalette(Bytes bmp, int header, int bits) {
        int used = header == OS2 ? 0 : bmp.intAt(46);
        int colours = used > 0 && used <= 1 << bits ? used : 1 << bits;
        return bmp.areGreys(14 + header, colours, header == OS2 ? 3 : 4);
    }
}
