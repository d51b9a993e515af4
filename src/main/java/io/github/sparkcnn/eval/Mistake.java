package io.github.sparkcnn.eval;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * An image that was taken for another class.
 *
 * @param image it alone, with its class and its position in the test set
 * @param predicted class
 * @param probability of that class
 */
public record Mistake(PackedImages image, int predicted, float probability) {

    /** The length of what stands before the pixels. */
    private static final int FIELDS = 3 * Integer.BYTES + Float.BYTES;

    /** Position in the test set. */
    public int index() {
        return image.indices()[0];
    }

    /** The image's class. */
    public int label() {
        return image.label(0);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(index());
        out.writeInt(label());
        out.writeInt(predicted);
        out.writeFloat(probability);
        out.write(image.pixels());
    }

    /** How many {@link #write} writes of an image of that shape. */
    static int bytes(ImageShape shape) {
        return Math.addExact(FIELDS, shape.size());
    }

    /** What {@link #write} wrote of an image of that shape, in one of so many classes. */
    static Mistake read(DataInputStream in, ImageShape shape, int classes) throws IOException {
        int[] index = {in.readInt()};
        int[] label = {readClass(in, classes)};
        int predicted = readClass(in, classes);
        float probability = in.readFloat();
        byte[] pixels = new byte[shape.size()];
        in.readFully(pixels);
        return new Mistake(new PackedImages(shape, label, pixels, index), predicted, probability);
    }

    private static int readClass(DataInputStream in, int classes) throws IOException {
        int read = in.readInt();
        if (read < 0 || read >= classes) {
            throw new IOException("class " + read + " of " + classes);
        }
        return read;
    }
}
