package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.decode.Encoding;
import io.github.sparkcnn.data.decode.ImageHeader;
import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.MalformedImage;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * In a task: bytes of which each row tells whether they are an encoded picture or the pixels.
 *
 * @param size of an image's pixels
 */
record BytePixels(int column, int size, PixelReader encoded, PixelReader raw) implements PixelReader {
    @Override
    public byte[] read(InternalRow row) {
        if (row.isNullAt(column)) {
            throw PixelValue.noImage();
        }
        return isPicture(row.getBinary(column)) ? encoded.read(row) : raw.read(row);
    }

    /** Of as many bytes as there are pixels, the first may look like a picture's mark by chance. */
    private boolean isPicture(byte[] bytes) {
        return Encoding.find(bytes).isPresent() && (bytes.length != size || hasHeader(bytes));
    }

    private static boolean hasHeader(byte[] bytes) {
        try {
            ImageHeader.of(bytes);
            return true;
        } catch (MalformedImage e) {
            return false;
        }
    }
}
