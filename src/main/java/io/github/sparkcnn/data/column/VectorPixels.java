package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.PixelLayout;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * In a task: an image that is a vector of Spark ML, dense or sparse, of whole numbers from 0 to 255. Read where the vector lies
 * in the row, {@code (type, size, indices, values)}, without an object of it.
 */
final class VectorPixels implements PixelReader {
    private static final long serialVersionUID = 1L;
    private static final int FIELDS = 4;
    private static final byte SPARSE = 0;

    private final int column;
    private final PixelLayout layout;
    private final byte[] pixels;

    VectorPixels(int column, PixelLayout layout) {
        this.column = column;
        this.layout = layout;
        this.pixels = new byte[layout.shape().size()];
    }

    @Override
    public byte[] read(InternalRow row) {
        InternalRow vector = row.getStruct(column, FIELDS);
        ArrayData values = vector.getArray(3);
        boolean sparse = vector.getByte(0) == SPARSE;
        int size = sparse ? vector.getInt(1) : values.numElements();
        if (size != pixels.length) {
            throw new MalformedImage("it has " + size + " values, not " + pixels.length);
        }
        if (sparse) {
            Arrays.fill(pixels, (byte) 0);
            ArrayData indices = vector.getArray(2);
            for (int i = 0; i < values.numElements(); i++) {
                pixels[indices.getInt(i)] = NumberPixels.pixel(values.getDouble(i));
            }
        } else {
            for (int i = 0; i < size; i++) {
                pixels[i] = NumberPixels.pixel(values.getDouble(i));
            }
        }
        return layout.packed(pixels);
    }
}
