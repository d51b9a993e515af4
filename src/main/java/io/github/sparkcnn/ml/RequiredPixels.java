package io.github.sparkcnn.ml;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.MalformedImage;
import org.apache.spark.sql.catalyst.InternalRow;

/** In a task: images that all have to be read; the first that cannot be ends the job. */
record RequiredPixels(String column, PixelReader images) implements PixelReader {

    @Override
    public byte[] read(InternalRow row) {
        try {
            return images.read(row);
        } catch (MalformedImage e) {
            throw new UserException(
                    "predict the image in column " + column, "it " + e.getMessage(), "Correct the row or leave it out");
        }
    }
}
