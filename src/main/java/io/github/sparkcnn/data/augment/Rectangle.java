package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import java.util.Arrays;

/** A rectangle of an image, in all its channels. */
final class Rectangle {

    private Rectangle() {}

    /** Sets the pixels in [top, bottom) × [left, right) to 0, as far as they are in the image. */
    static void blacken(ImageShape shape, byte[] image, int top, int left, int bottom, int right) {
        int firstColumn = Math.max(0, left);
        int lastColumn = Math.min(shape.width(), right);
        for (int c = 0; c < shape.channels(); c++) {
            for (int y = Math.max(0, top); y < Math.min(shape.height(), bottom); y++) {
                int row = (c * shape.height() + y) * shape.width();
                Arrays.fill(image, row + firstColumn, row + lastColumn, (byte) 0);
            }
        }
    }
}
