package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.PixelLayout;
import org.apache.spark.sql.catalyst.InternalRow;

/** In a task: an image that is the bytes of its pixels. */
final class RawPixels implements PixelReader {
    private static final long serialVersionUID = 1L;

    private final int column;
    private final PixelLayout layout;

    RawPixels(int column, PixelLayout layout) {
        this.column = column;
        this.layout = layout;
    }

    @Override
    public byte[] read(InternalRow row) {
        byte[] bytes = row.getBinary(column);
        if (bytes.length != layout.shape().size()) {
            throw new MalformedImage(
                    "it has " + bytes.length + " bytes, not " + layout.shape().size());
        }
        return layout.packed(bytes);
    }
}
