package io.github.sparkcnn.data.column;

import io.github.sparkcnn.image.MalformedImage;

/** A number of a table as one byte of an image: whole, from 0 to 255. */
final class PixelValue {
    private static final int MOST = 255;

    private PixelValue() {}

    static byte of(double value) {
        int whole = (int) value;
        if (whole == value && whole >= 0 && whole <= MOST) {
            return (byte) whole;
        }
        if (value > 0 && value < 1) {
            throw new MalformedImage("has a pixel of " + value
                    + ": pixels are whole numbers from 0 to 255, so multiply those between 0 and 1 by 255");
        }
        throw new MalformedImage("has a pixel of " + value + ", and pixels are whole numbers from 0 to 255");
    }

    static MalformedImage absent(int pixel) {
        return new MalformedImage("has no value for pixel " + pixel + " (null)");
    }

    static MalformedImage noImage() {
        return new MalformedImage("has no image (null)");
    }

    /** Refuses another number of values than an image of the data set has. */
    static void requireCount(int found, int wanted) {
        if (found != wanted) {
            throw new MalformedImage("has " + found + " values, not " + wanted);
        }
    }
}
