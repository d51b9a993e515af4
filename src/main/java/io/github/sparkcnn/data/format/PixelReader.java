package io.github.sparkcnn.data.format;

import io.github.sparkcnn.image.MalformedImage;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/** In a task: takes an image out of a row. */
@FunctionalInterface
public interface PixelReader extends Serializable {

    /**
     * The image of a row.
     *
     * @param row of {@link ImageRows#rows}
     * @return {@code [channels · height · width]}, unsigned; the caller may not change it, and uses it before the next call
     * @throws MalformedImage where the row holds no such image
     */
    byte[] read(InternalRow row);
}
