package io.github.sparkcnn.image;

/** Labelled images of bytes, read in any order. */
public interface LabelledPixels {

    /** The shape of every image. */
    ImageShape shape();

    /** The number of images. */
    int size();

    /** The class of image {@code i}. */
    int label(int i);

    /** Copies the pixels of image {@code i}: {@code shape().size()} bytes from the array's beginning. */
    void read(int i, byte[] pixels);
}
