package io.github.sparkcnn.data.decode;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;

/**
 * The blocks of a GIF as far as its first frame.
 *
 * @param shape of the screen, which the frame need not fill
 * @param left of the frame on the screen
 * @param top of the frame on the screen
 * @param extensions where what stands before the frame begins: comments, times of an animation, which colour is transparent
 * @param image where the frame begins
 * @see <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF 89a</a>
 */
record GifBlocks(ImageShape shape, int left, int top, int extensions, int image) {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2c;
    private static final int HAS_TABLE = 0x80;

    static GifBlocks of(byte[] bytes) {
        Bytes gif = Bytes.little(bytes);
        int extensions = 13 + tableBytes(gif.byteAt(10));
        int at = extensions;
        while (gif.byteAt(at) == EXTENSION) {
            at = afterBlocks(gif, at + 2);
        }
        if (gif.byteAt(at) != IMAGE) {
            throw new MalformedImage("is a GIF without an image");
        }
        // The JDK's reader makes a picture of the frame's size, which need not be the screen's.
        ImageHeader.shape(false, gif.shortAt(at + 7), gif.shortAt(at + 5));
        ImageHeader.requireRoom(gif.shortAt(at + 7), gif.shortAt(at + 5), bytes.length);
        int local = gif.byteAt(at + 9);
        boolean hasLocal = tableBytes(local) > 0;
        int colours = tableBytes(hasLocal ? local : gif.byteAt(10)) / 3;
        boolean grey = gif.areGreys(hasLocal ? at + 10 : 13, colours, 3);
        int afterImage = afterBlocks(gif, at + 11 + tableBytes(local));
        if (afterImage > bytes.length) {
            throw new MalformedImage("is cut short after " + bytes.length + " bytes");
        }
        return new GifBlocks(
                ImageHeader.shape(!grey, gif.shortAt(8), gif.shortAt(6)),
                gif.shortAt(at + 1),
                gif.shortAt(at + 3),
                extensions,
                at);
    }

    /**
     * The same picture without extensions, of which the JDK's reader takes the first two blocks to be as long as they should be: it
     * would find other frames behind them than this one, of any size.
     */
    byte[] withoutExtensions(byte[] gif) {
        byte[] plain = new byte[gif.length - (image - extensions)];
        System.arraycopy(gif, 0, plain, 0, extensions);
        System.arraycopy(gif, image, plain, extensions, gif.length - image);
        return plain;
    }

    private static int tableBytes(int flags) {
        return (flags & HAS_TABLE) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    /** Behind blocks of a length and so many bytes, of which the last is empty. */
    private static int afterBlocks(Bytes gif, int from) {
        int at = from;
        while (gif.byteAt(at) > 0) {
            at += 1 + gif.byteAt(at);
        }
        return at + 1;
    }

    /** The frame where it lies on the black screen. */
    Picture onScreen(Picture frame) {
        ImageShape size = frame.shape();
        if (size.height() == shape.height() && size.width() == shape.width()) {
            return frame;
        }
        ImageShape screen = new ImageShape(size.channels(), shape.height(), shape.width());
        byte[] pixels = new byte[screen.size()];
        int columns = Math.min(size.width(), shape.width() - left);
        int rows = Math.min(size.height(), shape.height() - top);
        for (int c = 0; c < size.channels() && columns > 0; c++) {
            for (int y = 0; y < rows; y++) {
                System.arraycopy(
                        frame.pixels(),
                        (c * size.height() + y) * size.width(),
                        pixels,
                        (c * shape.height() + top + y) * shape.width() + left,
                        columns);
            }
        }
        return new Picture(screen, pixels);
    }
}
