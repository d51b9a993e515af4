package io.github.sparkcnn.image;

import io.github.sparkcnn.UserException;
import java.util.Arrays;

/** Collects images into {@link PackedImages}. */
public final class PackedBuilder {
    private final ImageShape shape;
    private int[] labels;
    private byte[] pixels;
    private int[] indices;
    private int size;

    /** Starts with room for so many images and grows when there are more. */
    public PackedBuilder(ImageShape shape, int expected) {
        this.shape = shape;
        this.labels = new int[expected];
        this.pixels = new byte[Math.multiplyExact(expected, shape.size())];
        this.indices = new int[expected];
    }

    /** Images so far. */
    public int size() {
        return size;
    }

    /** Adds one image, at position {@code index} of the data set. */
    public void add(int label, byte[] image, int index) {
        add(label, image, 0, index);
    }

    /** Adds image {@code i} of a block, at position {@code index} of the data set. */
    public void add(PackedImages block, int i, int index) {
        add(block.label(i), block.pixels(), i * shape.size(), index);
    }

    private void add(int label, byte[] source, int from, int index) {
        if (size == labels.length) {
            grow();
        }
        labels[size] = label;
        System.arraycopy(source, from, pixels, size * shape.size(), shape.size());
        indices[size++] = index;
    }

    private void grow() {
        int most = (Integer.MAX_VALUE - 8) / shape.size();
        if (size == most) {
            throw new UserException(
                    "pack the images",
                    "more than " + most + " images of " + shape + " do not fit into one partition",
                    "Use more workers, or more and smaller files");
        }
        int larger = (int) Math.min(most, Math.max(64, size * 2L));
        labels = Arrays.copyOf(labels, larger);
        pixels = Arrays.copyOf(pixels, larger * shape.size());
        indices = Arrays.copyOf(indices, larger);
    }

    /** The images so far. */
    public PackedImages build() {
        if (size == labels.length) {
            return new PackedImages(shape, labels, pixels, indices);
        }
        return new PackedImages(
                shape,
                Arrays.copyOf(labels, size),
                Arrays.copyOf(pixels, size * shape.size()),
                Arrays.copyOf(indices, size));
    }
}
