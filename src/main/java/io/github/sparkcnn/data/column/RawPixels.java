package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.PixelLayout;
import org.apache.spark.sql.catalyst.InternalRow;

/** In a task: the bytes of a column as they are. */
record RawPixels(int column, PixelLayout layout) implements PixelReader {

    @Override
    public byte[] read(InternalRow row) {
        if (row.isNullAt(column)) {
            throw PixelValue.noImage();
        }
        byte[] bytes = row.getBinary(column);
        PixelValue.requireCount(bytes.length, layout.shape().size());
        return layout.packed(bytes);
    }
}
