package io.github.sparkcnn.image;

import java.io.Serializable;
import java.util.List;

/**
 * How the values of one image follow each other where they are not packed yet: channel after channel, or all channels of a pixel
 * together.
 *
 * @param shape of the image
 * @param interleaved whether a pixel's channels lie together, as in NumPy's and OpenCV's height × width × channels
 */
public record PixelLayout(ImageShape shape, boolean interleaved) implements Serializable {

    /** Channel after channel. */
    public static PixelLayout planar(ImageShape shape) {
        return new PixelLayout(shape, false);
    }

    /**
     * Of three sides as people write them: {@code [3, 32, 32]} has its channels first, {@code [32, 32, 3]} last.
     *
     * @throws IllegalArgumentException where neither the first nor the last is 1 or 3
     */
    public static PixelLayout of(List<Integer> sides) {
        if (!isShape(sides)) {
            throw new IllegalArgumentException("no shape of images: " + sides);
        }
        return isChannels(sides.get(0))
                ? planar(new ImageShape(sides.get(0), sides.get(1), sides.get(2)))
                : new PixelLayout(new ImageShape(sides.get(2), sides.get(0), sides.get(1)), true);
    }

    /** Whether {@link #of} takes these sides. */
    public static boolean isShape(List<Integer> sides) {
        return sides.size() == 3
                && sides.stream().allMatch(side -> side >= 1)
                && (isChannels(sides.get(0)) || isChannels(sides.get(2)));
    }

    /** Brings an image's values into the order in which they are packed; the same array where they have it. */
    public byte[] packed(byte[] values) {
        if (!interleaved || shape.channels() == 1) {
            return values;
        }
        int plane = shape.height() * shape.width();
        byte[] packed = new byte[values.length];
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < shape.channels(); c++) {
                packed[c * plane + i] = values[i * shape.channels() + c];
            }
        }
        return packed;
    }

    private static boolean isChannels(int side) {
        return side == 1 || side == 3;
    }
}
