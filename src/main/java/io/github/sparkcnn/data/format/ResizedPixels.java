package io.github.sparkcnn.data.format;

import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.Resize;
import org.apache.spark.sql.catalyst.InternalRow;

/** In a task: the images of rows, scaled as {@link Resize} does it. */
public final class ResizedPixels implements PixelReader {
    private static final long serialVersionUID = 1L;

    private final PixelReader images;
    private final int size;
    private final Resize resize;
    private final byte[] resized;

    /**
     * Of another reader's images.
     *
     * @param size of each of them, {@code channels · height · width}
     */
    public ResizedPixels(PixelReader images, int size, Resize resize) {
        this.images = images;
        this.size = size;
        this.resize = resize;
        this.resized = new byte[resize.shape().size()];
    }

    @Override
    public byte[] read(InternalRow row) {
        byte[] image = images.read(row);
        if (image.length != size) {
            throw new MalformedImage("has " + image.length + " values, not " + size);
        }
        resize.apply(image, 0, resized, 0);
        return resized;
    }
}
