package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.PixelLayout;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * In a task: a vector of Spark ML, in the form that its {@code VectorUDT} stores: {@code type} (0 sparse, 1 dense), {@code size},
 * {@code indices}, {@code values}.
 */
record VectorPixels(int column, PixelLayout layout) implements PixelReader {
    private static final int FIELDS = 4;
    private static final int TYPE = 0;
    private static final int SIZE = 1;
    private static final int INDICES = 2;
    private static final int VALUES = 3;
    private static final int DENSE = 1;

    /** The number of a vector's elements; empty where there is none. */
    static Optional<Integer> size(InternalRow row, int column) {
        if (row.isNullAt(column)) {
            return Optional.empty();
        }
        InternalRow vector = row.getStruct(column, FIELDS);
        return Optional.of(
                vector.getByte(TYPE) == DENSE ? vector.getArray(VALUES).numElements() : vector.getInt(SIZE));
    }

    @Override
    public byte[] read(InternalRow row) {
        int size = size(row, column).orElseThrow(PixelValue::noImage);
        byte[] pixels = new byte[layout.shape().size()];
        PixelValue.requireCount(size, pixels.length);
        InternalRow vector = row.getStruct(column, FIELDS);
        ArrayData values = vector.getArray(VALUES);
        ArrayData indices = vector.getByte(TYPE) == DENSE ? null : vector.getArray(INDICES);
        for (int i = 0; i < values.numElements(); i++) {
            int at = indices == null ? i : indices.getInt(i);
            if (at < 0 || at >= pixels.length) {
                throw new MalformedImage("has a vector with index " + at + " of " + pixels.length);
            }
            pixels[at] = PixelValue.of(values.getDouble(i));
        }
        return layout.packed(pixels);
    }
}
