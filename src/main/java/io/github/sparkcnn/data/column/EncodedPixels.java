package io.github.sparkcnn.data.column;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.decode.Encoding;
import io.github.sparkcnn.data.decode.ImageHeader;
import io.github.sparkcnn.data.decode.Rendering;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;

/** In a task: a column of encoded pictures, each a whole file. */
record EncodedPixels(int column, Rendering rendering) implements PixelReader {
    private static final int COLOURS = 3;

    /** Whether bytes begin as a picture's file does. */
    static boolean isPicture(byte[] bytes) {
        return Encoding.find(bytes).isPresent();
    }

    /** In colour where one of the first pictures is, or has to be. */
    static EncodedPixels of(String name, int column, List<byte[]> first, ImageSource source, ColumnSettings settings) {
        List<ImageShape> shapes = first.stream().flatMap(EncodedPixels::shape).toList();
        if (shapes.isEmpty()) {
            throw new UserException(
                    "read the images of " + name,
                    "none of the first pictures can be decoded",
                    "Name a column of PNG or JPEG files in " + settings.image());
        }
        boolean areGrey = !source.inColours() && shapes.stream().allMatch(shape -> shape.channels() == 1);
        int channels = source.layout().map(layout -> layout.shape().channels()).orElse(areGrey ? 1 : COLOURS);
        ImageShape size = shapes.get(0);
        return new EncodedPixels(
                column,
                new Rendering(
                        new ImageShape(channels, size.height(), size.width()),
                        source.layout().isPresent(),
                        source.resizing()));
    }

    /** Of one that is damaged its row tells later. */
    private static Stream<ImageShape> shape(byte[] file) {
        try {
            return Stream.of(ImageHeader.of(file).shape());
        } catch (MalformedImage e) {
            return Stream.empty();
        }
    }

    @Override
    public byte[] read(InternalRow row) {
        if (row.isNullAt(column)) {
            throw PixelValue.noImage();
        }
        try {
            return rendering.of(row.getBinary(column));
        } catch (MalformedImage e) {
            throw new MalformedImage("has a picture that " + e.getMessage());
        }
    }
}
