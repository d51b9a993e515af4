package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;

/**
 * Samples an image bilinearly at affinely transformed places; outside of it is black (torch.nn.functional.grid_sample with mode
 * "bilinear", padding_mode "zeros", align_corners False). Places are computed in 1/65536 of a pixel and weights in 1/256.
 */
final class Warp {

    private static final int PLACE_BITS = 16;
    private static final int WEIGHT_BITS = 8;
    private static final int WEIGHT_ONE = 1 << WEIGHT_BITS;

    /** Half of what a place has beyond a weight's bits, so that weights are rounded. */
    private static final int HALF_WEIGHT = 1 << (PLACE_BITS - WEIGHT_BITS - 1);

    private Warp() {}

    /**
     * Writes for each pixel (x, y), measured from the centre of the image, the source's value at (a·x + b·y + tx, c·x + d·y + ty).
     */
    static void apply(
            ImageShape shape, byte[] from, byte[] to, double a, double b, double tx, double c, double d, double ty) {
        int width = shape.width();
        int height = shape.height();
        double centerX = (width - 1) / 2.0;
        double centerY = (height - 1) / 2.0;
        for (int channel = 0; channel < shape.channels(); channel++) {
            int plane = channel * width * height;
            for (int y = 0; y < height; y++) {
                double fromCenter = y - centerY;
                int placeX = fixed(-a * centerX + b * fromCenter + tx + centerX) + HALF_WEIGHT;
                int placeY = fixed(-c * centerX + d * fromCenter + ty + centerY) + HALF_WEIGHT;
                row(shape, from, plane, to, plane + y * width, placeX, fixed(a), placeY, fixed(c));
            }
        }
    }

    /** One row of the target: in its middle all four neighbours are in the source, which saves asking for each. */
    private static void row(
            ImageShape shape,
            byte[] from,
            int plane,
            byte[] to,
            int row,
            int placeX,
            int stepX,
            int placeY,
            int stepY) {
        int width = shape.width();
        int first = Math.max(firstWithin(placeX, stepX, width), firstWithin(placeY, stepY, shape.height()));
        int last = Math.min(lastWithin(placeX, stepX, width), lastWithin(placeY, stepY, shape.height()));
        int begin = Math.min(width, first);
        int end = Math.max(begin, Math.min(width, last + 1));
        for (int x = 0; x < begin; x++) {
            to[row + x] = atBorder(shape, from, plane, placeX + x * stepX, placeY + x * stepY);
        }
        for (int x = begin; x < end; x++) {
            to[row + x] = inside(width, from, plane, placeX + x * stepX, placeY + x * stepY);
        }
        for (int x = end; x < width; x++) {
            to[row + x] = atBorder(shape, from, plane, placeX + x * stepX, placeY + x * stepY);
        }
    }

    /** The least k ≥ 0 from which place + k · step may lie in [0, size − 1), or any beyond the image. */
    private static int firstWithin(int place, int step, int size) {
        int highest = ((size - 1) << PLACE_BITS) - 1;
        if (step == 0) {
            return place >= 0 && place <= highest ? 0 : Integer.MAX_VALUE;
        }
        int distance = step > 0 ? -place : place - highest;
        return Math.max(0, -Math.floorDiv(-distance, Math.abs(step)));
    }

    /** The greatest k up to which it may. */
    private static int lastWithin(int place, int step, int size) {
        int highest = ((size - 1) << PLACE_BITS) - 1;
        if (step == 0) {
            return Integer.MAX_VALUE - 1;
        }
        return Math.floorDiv(step > 0 ? highest - place : place, Math.abs(step));
    }

    private static byte inside(int width, byte[] from, int plane, int placeX, int placeY) {
        int corner = plane + (placeY >> PLACE_BITS) * width + (placeX >> PLACE_BITS);
        int right = weight(placeX);
        int topLeft = from[corner] & 0xff;
        int bottomLeft = from[corner + width] & 0xff;
        int top = (topLeft << WEIGHT_BITS) + right * ((from[corner + 1] & 0xff) - topLeft);
        int bottom = (bottomLeft << WEIGHT_BITS) + right * ((from[corner + width + 1] & 0xff) - bottomLeft);
        return rounded((top << WEIGHT_BITS) + weight(placeY) * (bottom - top));
    }

    private static byte atBorder(ImageShape shape, byte[] from, int plane, int placeX, int placeY) {
        int x = placeX >> PLACE_BITS;
        int y = placeY >> PLACE_BITS;
        int right = weight(placeX);
        int below = weight(placeY);
        int top = (WEIGHT_ONE - right) * pixel(from, shape, plane, y, x) + right * pixel(from, shape, plane, y, x + 1);
        int bottom = (WEIGHT_ONE - right) * pixel(from, shape, plane, y + 1, x)
                + right * pixel(from, shape, plane, y + 1, x + 1);
        return rounded((WEIGHT_ONE - below) * top + below * bottom);
    }

    private static int pixel(byte[] from, ImageShape shape, int plane, int y, int x) {
        boolean within = x >= 0 && y >= 0 && x < shape.width() && y < shape.height();
        return within ? from[plane + y * shape.width() + x] & 0xff : 0;
    }

    private static int weight(int place) {
        return (place >> (PLACE_BITS - WEIGHT_BITS)) & (WEIGHT_ONE - 1);
    }

    private static byte rounded(int sum) {
        return (byte) ((sum + (1 << (2 * WEIGHT_BITS - 1))) >> (2 * WEIGHT_BITS));
    }

    private static int fixed(double pixels) {
        return (int) Math.round(pixels * (1 << PLACE_BITS));
    }
}
