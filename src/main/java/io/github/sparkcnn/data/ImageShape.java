package io.github.sparkcnn.data;

import java.io.Serializable;

/** The shape of one image: channels × height × width, laid out in that order, one byte a pixel (0 black, 255 white). */
public record ImageShape(int channels, int height, int width) implements Serializable {

    /** One grey 28×28 image, as in MNIST and Fashion-MNIST. */
    public static final ImageShape MNIST = new ImageShape(1, 28, 28);

    /** Values in one image: channels · height · width. */
    public int size() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return channels + "×" + height + "×" + width;
    }
}
