package io.github.sparkcnn.image;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Labelled images in three flat arrays, as they lie in a partition: 784 bytes for a 28×28 image instead of 3 KB of floats.
 *
 * @param shape the shape of every image
 * @param labels {@code [n]}, class of each image, from 0
 * @param pixels {@code [n · shape.size()]}, row-major, unsigned
 * @param indices {@code [n]}, position of each image in the data set, which names it wherever it is trained; a data set holds at
 *     most 2³¹ − 1 images
 */
@SuppressWarnings("ArrayRecordComponent") // a packed block, compared by nobody
public record PackedImages(ImageShape shape, int[] labels, byte[] pixels, int[] indices) implements Serializable {

    public PackedImages {
        if (pixels.length != labels.length * shape.size() || indices.length != labels.length) {
            throw new IllegalArgumentException(labels.length + " labels, " + indices.length + " indices and "
                    + pixels.length + " pixels do not make images of " + shape);
        }
    }

    /** The number of images. */
    public int size() {
        return labels.length;
    }

    /** The images at these positions, in this order. */
    public PackedImages at(List<Integer> positions) {
        PackedBuilder chosen = new PackedBuilder(shape, positions.size());
        for (int position : positions) {
            chosen.add(this, position, indices[position]);
        }
        return chosen.build();
    }

    /** The images {@code from … to − 1}, copied. */
    public PackedImages range(int from, int to) {
        return new PackedImages(
                shape,
                Arrays.copyOfRange(labels, from, to),
                Arrays.copyOfRange(pixels, from * shape.size(), to * shape.size()),
                Arrays.copyOfRange(indices, from, to));
    }

    /** The same images under other indices. */
    public PackedImages indexed(int[] others) {
        return new PackedImages(shape, labels, pixels, others);
    }

    /** The class of image {@code i}. */
    public int label(int i) {
        return labels[i];
    }
}
