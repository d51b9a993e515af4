package io.github.sparkcnn.data.table.pixels;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.Resize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * In a task: a column of encoded pictures, each a whole file.
 *
 * @param shape that images have, or are brought to
 */
record EncodedPixels(int column, ImageShape shape, boolean resized) implements PixelReader {
    private static final List<int[]> MARKS = List.of(
            new int[] {0x89, 'P', 'N', 'G', '\r', '\n'}, new int[] {0xff, 0xd8, 0xff}, new int[] {'G', 'I', 'F', '8'});
    private static final int COLOURS = 3;

    /** Whether bytes begin as a picture's file does. */
    static boolean isPicture(byte[] bytes) {
        return MARKS.stream().anyMatch(mark -> startsWith(bytes, mark));
    }

    private static boolean startsWith(byte[] bytes, int[] mark) {
        boolean equal = bytes.length >= mark.length;
        for (int i = 0; equal && i < mark.length; i++) {
            equal = (bytes[i] & 0xff) == mark[i];
        }
        return equal;
    }

    /** In colour where one of the first pictures is, or {@code data.shape} says so. */
    static EncodedPixels of(String name, int column, List<byte[]> first, ImageSource source) {
        List<BufferedImage> pictures = first.stream()
                .filter(EncodedPixels::isPicture)
                .flatMap(EncodedPixels::whole)
                .toList();
        if (pictures.isEmpty()) {
            throw new UserException(
                    "read the images of " + name,
                    "none of the first pictures can be decoded",
                    "Name a column of PNG or JPEG files in data.columns.image");
        }
        int channels = source.layout()
                .map(layout -> layout.shape().channels())
                .orElseGet(() -> pictures.stream().allMatch(EncodedPixels::isGrey) ? 1 : COLOURS);
        ImageShape shape = source.resizing()
                .map(to -> new ImageShape(channels, to.height(), to.width()))
                .orElseGet(() -> new ImageShape(
                        channels, pictures.get(0).getHeight(), pictures.get(0).getWidth()));
        return new EncodedPixels(column, shape, source.resizing().isPresent());
    }

    /** Of one that is damaged its row tells later. */
    private static Stream<BufferedImage> whole(byte[] file) {
        try {
            return Stream.of(decode(file));
        } catch (MalformedImage e) {
            return Stream.empty();
        }
    }

    private static boolean isGrey(BufferedImage picture) {
        return picture.getColorModel().getNumColorComponents() == 1;
    }

    @Override
    public byte[] read(InternalRow row) {
        if (row.isNullAt(column)) {
            throw PixelValue.noImage();
        }
        BufferedImage picture = decode(row.getBinary(column));
        ImageShape found = new ImageShape(shape.channels(), picture.getHeight(), picture.getWidth());
        byte[] planes = planes(picture, shape.channels());
        if (found.equals(shape)) {
            return planes;
        }
        if (!resized) {
            throw new MalformedImage("has a picture of " + found.height() + "×" + found.width() + ", not "
                    + shape.height() + "×" + shape.width() + " (data.resize brings all to one size)");
        }
        byte[] scaled = new byte[shape.size()];
        new Resize(found, shape.height(), shape.width()).apply(planes, 0, scaled, 0);
        return scaled;
    }

    private static BufferedImage decode(byte[] file) {
        try {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
            if (picture == null) {
                throw new MalformedImage("has bytes that are no picture");
            }
            return picture;
        } catch (IOException | RuntimeException e) {
            throw e instanceof MalformedImage malformed
                    ? malformed
                    : new MalformedImage("has a damaged picture: " + e.getMessage());
        }
    }

    private static byte[] planes(BufferedImage picture, int channels) {
        int plane = picture.getHeight() * picture.getWidth();
        byte[] planes = new byte[plane * channels];
        boolean grey = isGrey(picture);
        if (channels == 1 && !grey) {
            throw new MalformedImage("has a picture in colour, where the first ones are grey (data.shape says which)");
        }
        for (int i = 0; i < plane; i++) {
            int x = i % picture.getWidth();
            int y = i / picture.getWidth();
            // Samples, not getRGB, which would convert the colour space of grey.
            int colour = grey ? picture.getRaster().getSample(x, y, 0) * 0x010101 : picture.getRGB(x, y);
            for (int c = 0; c < channels; c++) {
                planes[c * plane + i] = (byte) (colour >> (8 * (channels - 1 - c)));
            }
        }
        return planes;
    }
}
