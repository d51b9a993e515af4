package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.PixelLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;

/**
 * In a task: an array of numbers, or arrays in arrays of them, one level for each side.
 *
 * @param levels from 1
 */
record ArrayPixels(int column, int levels, DataType inner, NumberReader numbers, PixelLayout layout)
        implements PixelReader {

    /** How many levels of arrays lie above numbers; 0 for what is none. */
    static int levels(DataType type) {
        if (!(type instanceof ArrayType array)) {
            return 0;
        }
        if (NumberReader.of(array.elementType()).isPresent()) {
            return 1;
        }
        int below = levels(array.elementType());
        return below == 0 ? 0 : below + 1;
    }

    static ArrayPixels of(int column, DataType type, PixelLayout layout) {
        DataType inner = inner(type);
        return new ArrayPixels(
                column, levels(type), inner, NumberReader.of(inner).orElseThrow(), layout);
    }

    private static DataType inner(DataType type) {
        return type instanceof ArrayType array ? inner(array.elementType()) : type;
    }

    /** The lengths of the first arrays of each level; empty where one of them is null or empty. */
    static Optional<List<Integer>> sides(InternalRow row, int column, DataType type) {
        List<Integer> sides = new ArrayList<>();
        ArrayData array = row.isNullAt(column) ? null : row.getArray(column);
        for (int level = levels(type); level > 0; level--) {
            if (array == null || array.numElements() == 0) {
                return Optional.empty();
            }
            sides.add(array.numElements());
            array = level == 1 || array.isNullAt(0) ? null : array.getArray(0);
        }
        return Optional.of(sides);
    }

    @Override
    public byte[] read(InternalRow row) {
        if (row.isNullAt(column)) {
            throw PixelValue.noImage();
        }
        byte[] pixels = new byte[layout.shape().size()];
        int count = fill(row.getArray(column), levels, pixels, 0);
        PixelValue.requireCount(count, pixels.length);
        return layout.packed(pixels);
    }

    /** Counts on where there are too many. */
    private int fill(ArrayData array, int level, byte[] pixels, int from) {
        int length = array.numElements();
        int at = from;
        for (int i = 0; i < length; i++) {
            if (array.isNullAt(i)) {
                throw PixelValue.absent(at);
            }
            if (level > 1) {
                at = fill(array.getArray(i), level - 1, pixels, at);
            } else if (at < pixels.length) {
                pixels[at++] = PixelValue.of(numbers.at(array, i));
            } else {
                at++;
            }
        }
        return at;
    }
}
