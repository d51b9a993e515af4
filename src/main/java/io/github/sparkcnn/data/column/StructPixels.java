package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.Resize;
import io.github.sparkcnn.image.Resizing;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * In a task: an image as Spark's data source {@code image} gives it, {@code (origin, height, width, nChannels, mode, data)} with
 * the channels of a pixel together, blue before green before red (OpenCV's order).
 */
final class StructPixels implements PixelReader {
    private static final long serialVersionUID = 1L;
    private static final List<String> FIELDS = List.of("origin", "height", "width", "nChannels", "mode", "data");

    private final int column;
    private final ImageShape shape;
    /** Null: images of another height and width are refused. */
    private final Resizing resizing;

    private final byte[] pixels;
    private transient Resize resize;
    private transient ImageShape resizedFrom;

    /**
     * Images of one shape.
     *
     * @param resizing whether those of another height and width are brought to it, else they are refused
     */
    StructPixels(int column, ImageShape shape, Optional<Resizing> resizing) {
        this.column = column;
        this.shape = shape;
        this.resizing = resizing.orElse(null);
        this.pixels = new byte[shape.size()];
    }

    /** Whether a column's fields are those of Spark's images. */
    static boolean areIn(StructType type) {
        return List.of(type.fieldNames()).equals(FIELDS);
    }

    /** The shape of a row's image. */
    static ImageShape shape(InternalRow image) {
        int height = image.getInt(1);
        int width = image.getInt(2);
        int channels = image.getInt(3);
        if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
            throw new MalformedImage("it is " + height + "×" + width + " with " + channels
                    + " channels, where images have 1 (grey) or 3 (blue, green, red)");
        }
        return new ImageShape(channels, height, width);
    }

    @Override
    public byte[] read(InternalRow row) {
        InternalRow image = row.getStruct(column, FIELDS.size());
        ImageShape found = shape(image);
        boolean fits = found.equals(shape);
        if (!fits && !(resizing != null && found.channels() == shape.channels())) {
            throw new MalformedImage("it is " + found + ", not " + shape);
        }
        byte[] data = image.getBinary(5);
        if (data.length != found.size()) {
            throw new MalformedImage("it has " + data.length + " bytes, and is " + found);
        }
        if (fits) {
            planes(data, found, pixels);
            return pixels;
        }
        byte[] source = new byte[found.size()];
        planes(data, found, source);
        if (!found.equals(resizedFrom)) {
            resize = new Resize(found, resizing);
            resizedFrom = found;
        }
        resize.apply(source, 0, pixels, 0);
        return pixels;
    }

    private static void planes(byte[] data, ImageShape shape, byte[] planes) {
        int plane = shape.height() * shape.width();
        int channels = shape.channels();
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < channels; c++) {
                planes[c * plane + i] = data[i * channels + channels - 1 - c];
            }
        }
    }
}
