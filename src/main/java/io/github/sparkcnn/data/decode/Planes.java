package io.github.sparkcnn.data.decode;

import io.github.sparkcnn.image.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Takes a decoded image's channels out of its raster as they are: no colour is converted, alpha is left away, of 16 bits the
 * upper 8 are kept.
 */
final class Planes {
    private Planes() {}

    static Picture of(BufferedImage image) {
        Raster raster = image.getRaster();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return ofPalette(raster, palette);
        }
        boolean ofComponents = raster.getSampleModel() instanceof ComponentSampleModel
                && raster.getParent() == null
                && raster.getNumDataElements() == raster.getNumBands();
        if (ofComponents && raster.getDataBuffer() instanceof DataBufferByte bytes) {
            return ofBytes(raster, bytes.getData());
        }
        if (ofComponents && raster.getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT) {
            return ofBytes(raster, upper(((DataBufferUShort) raster.getDataBuffer()).getData()));
        }
        return ofColours(image);
    }

    private static ImageShape shape(Raster raster, int channels) {
        return new ImageShape(channels, raster.getHeight(), raster.getWidth());
    }

    /** Grey with or without alpha, colours with or without. */
    private static int channels(Raster raster) {
        return raster.getNumBands() < 3 ? 1 : 3;
    }

    private static Picture ofBytes(Raster raster, byte[] samples) {
        ComponentSampleModel model = (ComponentSampleModel) raster.getSampleModel();
        ImageShape shape = shape(raster, channels(raster));
        byte[] pixels = new byte[shape.size()];
        int step = model.getPixelStride();
        int at = 0;
        for (int c = 0; c < shape.channels(); c++) {
            for (int y = 0; y < shape.height(); y++) {
                int from = y * model.getScanlineStride() + model.getBandOffsets()[c];
                for (int x = 0; x < shape.width(); x++) {
                    pixels[at++] = samples[from];
                    from += step;
                }
            }
        }
        return new Picture(shape, pixels);
    }

    private static byte[] upper(short[] samples) {
        byte[] upper = new byte[samples.length];
        for (int i = 0; i < upper.length; i++) {
            upper[i] = (byte) (samples[i] >> 8);
        }
        return upper;
    }

    private static Picture ofPalette(Raster raster, IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        ImageShape shape = shape(raster, isGrey(colours) ? 1 : 3);
        int plane = shape.height() * shape.width();
        byte[] pixels = new byte[shape.size()];
        int[] row = new int[shape.width()];
        for (int y = 0; y < shape.height(); y++) {
            raster.getSamples(0, y, shape.width(), 1, 0, row);
            for (int x = 0; x < shape.width(); x++) {
                put(colours[row[x]], pixels, y * shape.width() + x, plane);
            }
        }
        return new Picture(shape, pixels);
    }

    private static boolean isGrey(int[] colours) {
        for (int colour : colours) {
            int blue = colour & 0xff;
            if ((colour >> 8 & 0xff) != blue || (colour >> 16 & 0xff) != blue) {
                return false;
            }
        }
        return true;
    }

    private static Picture ofColours(BufferedImage image) {
        ImageShape shape = shape(image.getRaster(), 3);
        int plane = shape.height() * shape.width();
        byte[] pixels = new byte[shape.size()];
        int[] row = new int[shape.width()];
        for (int y = 0; y < shape.height(); y++) {
            image.getRGB(0, y, shape.width(), 1, row, 0, shape.width());
            for (int x = 0; x < shape.width(); x++) {
                put(row[x], pixels, y * shape.width() + x, plane);
            }
        }
        return new Picture(shape, pixels);
    }

    /** Red into as many planes as there are. */
    private static void put(int colour, byte[] pixels, int at, int plane) {
        pixels[at] = (byte) (colour >> 16);
        if (pixels.length > plane) {
            pixels[plane + at] = (byte) (colour >> 8);
            pixels[2 * plane + at] = (byte) colour;
        }
    }
}
