package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.PixelLayout;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** In a task: a number in each of many columns. */
record ColumnPixels(List<Integer> columns, List<NumberReader> readers, PixelLayout layout) implements PixelReader {

    @Override
    public byte[] read(InternalRow row) {
        byte[] pixels = new byte[columns.size()];
        for (int i = 0; i < pixels.length; i++) {
            int column = columns.get(i);
            if (row.isNullAt(column)) {
                throw PixelValue.absent(i);
            }
            pixels[i] = PixelValue.of(readers.get(i).at(row, column));
        }
        return layout.packed(pixels);
    }
}
