package io.github.sparkcnn.image;

import io.github.sparkcnn.UserException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shape of one image: channels × height × width, laid out in that order, one byte a pixel (0 black, 255 white). */
public record ImageShape(int channels, int height, int width) implements Serializable {

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

    /** Values in one image: channels · height · width. */
    public int size() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return channels + "×" + height + "×" + width;
    }
}
