package io.github.sparkcnn.image;

import io.github.sparkcnn.UserException;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shape of one image: channels × height × width, laid out in that order, one byte a pixel (0 black, 255 white). */
public record ImageShape(int channels, int height, int width) implements Serializable {

    /** Values of an image that a network takes: 256 of them, a batch to predict, are one array. */
    public static final int MOST_VALUES = Integer.MAX_VALUE / 256;

    private static final Pattern SIDES = Pattern.compile("([1-9]\\d{0,3})[x×]([1-9]\\d{0,3})[x×]([1-9]\\d{0,3})");

    /** One grey 28×28 image, as in MNIST and Fashion-MNIST. */
    public static final ImageShape MNIST = new ImageShape(1, 28, 28);

    /** Reads {@code 1x28x28}: channels, height and width. */
    public static ImageShape parse(String text) {
        Matcher sides = SIDES.matcher(text);
        if (!sides.matches()) {
            throw new UserException(
                    "read the image shape " + text, "it is no CHANNELSxHEIGHTxWIDTH", "Write e.g. 1x28x28");
        }
        return new ImageShape(
                Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)), Integer.parseInt(sides.group(3)));
    }

    /**
     * Refuses images that are too large for any network.
     *
     * @param action what cannot be done then
     */
    public void requireInput(String action) {
        if (!isInput()) {
            throw new UserException(
                    action,
                    String.format(
                            Locale.ROOT,
                            "images of %s have %,d values each, and a network takes at most %,d",
                            this,
                            (long) channels * height * width,
                            MOST_VALUES),
                    "Give it smaller images, or scale them with data.resize, e.g. to [28, 28]");
        }
    }

    /**
     * Refuses minibatches that are longer than an array.
     *
     * @param images of one
     * @param key that says how many
     */
    public void requireMinibatch(int images, String key) {
        int most = Integer.MAX_VALUE - 8; // no JVM has arrays of the last few lengths
        long values = (long) images * size();
        if (values > most) {
            throw new UserException(
                    "train minibatches of " + images + " images of " + this,
                    String.format(Locale.ROOT, "they have %,d values, and an array at most %,d", values, most),
                    "Lower " + key + ", or scale the images with data.resize");
        }
    }

    /** Whether there are networks for images of this shape. */
    public boolean isInput() {
        return (long) channels * height <= MOST_VALUES && (long) channels * height * width <= MOST_VALUES;
    }

    /** Values in one image: channels · height · width. */
    public int size() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return channels + "×" + height + "×" + width;
    }
}
