package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.MalformedImage;
import org.apache.spark.sql.catalyst.InternalRow;

/** In a task: an image that has to be there. */
record NotNull(int column, PixelReader images) implements PixelReader {

    @Override
    public byte[] read(InternalRow row) {
        if (row.isNullAt(column)) {
            throw new MalformedImage("it is null");
        }
        return images.read(row);
    }
}
