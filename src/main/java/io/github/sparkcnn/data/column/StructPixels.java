package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.decode.Picture;
import io.github.sparkcnn.data.decode.Rendering;
import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * In a task: the struct that Spark's data source {@code image} gives ({@code origin, height, width, nChannels, mode, data}): OpenCV's
 * order, the rows from the top, the channels of a pixel together as blue, green, red. An alpha channel is left out.
 *
 * @param rendering what every picture is brought to
 */
record StructPixels(int column, Rendering rendering) implements PixelReader {
    private static final List<String> FIELDS = List.of("origin", "height", "width", "nChannels", "mode", "data");
    private static final int HEIGHT = 1;
    private static final int WIDTH = 2;
    private static final int CHANNELS = 3;
    private static final int DATA = 5;
    private static final int GREY = 1;
    private static final int COLOURS = 3;
    private static final int COLOURS_AND_ALPHA = 4;

    /** Whether a type is that struct. */
    static boolean isImage(DataType type) {
        return type instanceof StructType struct && List.of(struct.fieldNames()).equals(FIELDS);
    }

    /** The shape of a row's image; empty where there is none. */
    static Optional<ImageShape> shape(InternalRow row, int column) {
        if (row.isNullAt(column)) {
            return Optional.empty();
        }
        InternalRow image = row.getStruct(column, FIELDS.size());
        int channels = image.getInt(CHANNELS);
        boolean isImage = channels >= GREY && image.getInt(HEIGHT) > 0 && image.getInt(WIDTH) > 0;
        return isImage
                ? Optional.of(
                        new ImageShape(channels == GREY ? GREY : COLOURS, image.getInt(HEIGHT), image.getInt(WIDTH)))
                : Optional.empty();
    }

    @Override
    public byte[] read(InternalRow row) {
        ImageShape found = shape(row, column).orElseThrow(PixelValue::noImage);
        if (!rendering.fits(found)) {
            throw new MalformedImage("has an image of " + found + ", not " + rendering.shape()
                    + " (data.resize brings all to one size)");
        }
        InternalRow image = row.getStruct(column, FIELDS.size());
        return rendering.of(new Picture(found, planes(image.getBinary(DATA), image.getInt(CHANNELS), found)));
    }

    private static byte[] planes(byte[] data, int channels, ImageShape shape) {
        int plane = shape.height() * shape.width();
        if (channels != GREY && channels != COLOURS && channels != COLOURS_AND_ALPHA) {
            throw new MalformedImage("has an image of " + channels + " channels, not 1, 3 or 4");
        }
        PixelValue.requireCount(data.length, plane * channels);
        if (channels == GREY) {
            return data;
        }
        byte[] planes = new byte[plane * COLOURS];
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < COLOURS; c++) {
                planes[(COLOURS - 1 - c) * plane + i] = data[i * channels + c];
            }
        }
        return planes;
    }
}
