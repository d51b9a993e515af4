package io.github.sparkcnn.data.decode;

import io.github.sparkcnn.image.ImageShape;
import java.util.Arrays;

/**
 * A decoded image.
 *
 * @param shape 1 channel or 3
 * @param pixels {@code [channels · height · width]}, unsigned, red before green before blue
 */
@SuppressWarnings("ArrayRecordComponent") // an image, compared by nobody
public record Picture(ImageShape shape, byte[] pixels) {
    /** The grey of every pixel as red, green and blue. */
    Picture inColours() {
        int plane = pixels.length;
        byte[] planes = Arrays.copyOf(pixels, 3 * plane);
        System.arraycopy(pixels, 0, planes, plane, plane);
        System.arraycopy(pixels, 0, planes, 2 * plane, plane);
        return new Picture(new ImageShape(3, shape.height(), shape.width()), planes);
    }

    /** How light each pixel is: 0.299 red + 0.587 green + 0.114 blue, ITU-R 601-2, in Pillow's fixed point. */
    Picture inGreys() {
        int plane = pixels.length / 3;
        byte[] luma = new byte[plane];
        for (int i = 0; i < plane; i++) {
            int red = pixels[i] & 0xff;
            int green = pixels[plane + i] & 0xff;
            int blue = pixels[2 * plane + i] & 0xff;
            luma[i] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
        }
        return new Picture(new ImageShape(1, shape.height(), shape.width()), luma);
    }
}
