package io.github.sparkcnn.data.idx;

import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelLayout;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * How an item of an image file becomes an image.
 *
 * @param pixels their order in the item
 * @param transposed whether the item's rows are the image's columns, as in EMNIST (Cohen et al., 2017, arXiv:1702.05373)
 */
record IdxLayout(PixelLayout pixels, boolean transposed) implements Serializable {

    /** Of the header's dimensions: n × height × width, or n with three sides of which the first or last is 1 or 3. */
    static IdxLayout of(Path file, IdxHeader header) {
        List<Integer> sides = header.sizes().subList(1, header.sizes().size());
        if (sides.size() == 2) {
            boolean transposed = Emnist.isNamed(file);
            int height = sides.get(transposed ? 1 : 0);
            int width = sides.get(transposed ? 0 : 1);
            return new IdxLayout(PixelLayout.planar(new ImageShape(1, height, width)), transposed);
        }
        if (!PixelLayout.isShape(sides)) {
            throw BadImages.in(
                    file,
                    "its images are " + header.dimensions() + ", with neither 1 nor 3 channels",
                    "Write n×height×width, n×channels×height×width or n×height×width×channels");
        }
        return new IdxLayout(PixelLayout.of(sides), false);
    }

    ImageShape shape() {
        return pixels.shape();
    }

    /** The image's bytes as they are packed; the same array where they have that order. */
    byte[] packed(byte[] item) {
        return transposed ? transpose(item) : pixels.packed(item);
    }

    private byte[] transpose(byte[] item) {
        int height = shape().height();
        int width = shape().width();
        byte[] image = new byte[item.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image[y * width + x] = item[x * height + y];
            }
        }
        return image;
    }
}
