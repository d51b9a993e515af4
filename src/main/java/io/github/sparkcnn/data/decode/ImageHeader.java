package io.github.sparkcnn.data.decode;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;

/**
 * What an encoded image tells of itself before it is decoded.
 *
 * @param shape as it will be decoded: 1 channel where it can hold greys alone, else 3; its sides after EXIF's orientation
 */
public record ImageHeader(Encoding encoding, ImageShape shape) {
    /** Pillow's bound between a photograph and a bomb: a quarter of a gigabyte of colours. */
    private static final long MOST_PIXELS = 89_478_485;
    /** Deflate makes 1,032 bytes of one, each of eight pixels of a bit; the other encodings make less. */
    private static final long MOST_PIXELS_A_BYTE = 8L * 1032;

    /**
     * Reads the header only.
     *
     * @throws MalformedImage saying what the bytes are instead
     */
    public static ImageHeader of(byte[] bytes) {
        Encoding encoding = Encoding.of(bytes);
        try {
            ImageHeader header = new ImageHeader(
                    encoding,
                    switch (encoding) {
                        case PNG -> PngChunks.of(bytes).shape();
                        case JPEG -> JpegSegments.of(bytes).shape();
                        case BMP -> BmpHeader.of(bytes).shape();
                        case GIF -> GifBlocks.of(bytes).shape();
                    });
            requireRoom(header.shape.height(), header.shape.width(), bytes.length);
            return header;
        } catch (IndexOutOfBoundsException e) {
            throw new MalformedImage("is cut short, in the header of a " + encoding + " image");
        }
    }

    /** Refuses sides that so few bytes cannot fill, before there is room for them. */
    static void requireRoom(int height, int width, int bytes) {
        if ((long) height * width > MOST_PIXELS_A_BYTE * bytes) {
            throw new MalformedImage("has " + height + "×" + width + " pixels by its header, and " + bytes + " bytes");
        }
    }

    /** The shape of what has these sides. */
    static ImageShape shape(boolean colour, int height, int width) {
        if (height < 1 || width < 1) {
            throw new MalformedImage(
                    "has a height of " + height + " and a width of " + width + " pixels in its header");
        }
        if ((long) height * width > MOST_PIXELS) {
            throw new MalformedImage("has " + height + "×" + width + " pixels by its header, more than " + MOST_PIXELS);
        }
        return new ImageShape(colour ? 3 : 1, height, width);
    }
}
