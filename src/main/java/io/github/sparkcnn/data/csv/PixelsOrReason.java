package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.MalformedImage;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * In a task: takes the image out of a row, or says what the next column does.
 *
 * @param column of the image
 */
record PixelsOrReason(int column) implements PixelReader {

    @Override
    public byte[] read(InternalRow row) {
        if (row.isNullAt(column)) {
            throw new MalformedImage(row.getUTF8String(column + 1).toString());
        }
        return row.getBinary(column);
    }
}
