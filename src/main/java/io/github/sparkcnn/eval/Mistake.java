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

    /** What {@link #write} wrote of an image of that shape. */
    static Mistake read(DataInputStream in, ImageShape shape) throws IOException {
        int[] index = {in.readInt()};
        int[] label = {in.readInt()};
        int predicted = in.readInt();
        float probability = in.readFloat();
        byte[] pixels = new byte[shape.size()];
        in.readFully(pixels);
        return new Mistake(new PackedImages(shape, label, pixels, index), predicted, probability);
    }
}
