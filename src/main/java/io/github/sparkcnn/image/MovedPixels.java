package io.github.sparkcnn.image;

/**
 * Where the pixels of changed images come from, where whole rows and columns move and nothing else does: pixel (y, x) of each
 * channel of an image is its pixel ({@code rows[y]}, {@code columns[x]}) of before, and black where one of the two is {@link
 * #BLACK}. The arrays may be of more images than are moved: they are reused.
 */
public final class MovedPixels {
    /** Comes from nowhere. */
    public static final int BLACK = -1;

    private final int height;
    private final int width;
    private final int[] rows;
    private final int[] columns;
    private final int[] before;
    private int image;

    /** Room for so many images of a shape. */
    public MovedPixels(ImageShape shape, int images) {
        height = shape.height();
        width = shape.width();
        rows = new int[images * height];
        columns = new int[images * width];
        before = new int[Math.max(height, width)];
    }

    /** {@code [images, height]}. */
    public int[] rows() {
        return rows;
    }

    /** {@code [images, width]}. */
    public int[] columns() {
        return columns;
    }

    /** Begins with an image as it is; it is what the next calls change. */
    public void start(int number) {
        image = number;
        for (int y = 0; y < height; y++) {
            rows[image * height + y] = y;
        }
        for (int x = 0; x < width; x++) {
            columns[image * width + x] = x;
        }
    }

    /** Mirrors it left and right. */
    public void mirror() {
        int first = image * width;
        System.arraycopy(columns, first, before, 0, width);
        for (int x = 0; x < width; x++) {
            columns[first + x] = before[width - 1 - x];
        }
    }

    /** Moves it down by {@code dy} and right by {@code dx}. */
    public void shift(int dy, int dx) {
        shift(rows, height, dy);
        shift(columns, width, dx);
    }

    private void shift(int[] places, int side, int by) {
        int first = image * side;
        System.arraycopy(places, first, before, 0, side);
        for (int i = 0; i < side; i++) {
            int from = i - by;
            places[first + i] = from >= 0 && from < side ? before[from] : BLACK;
        }
    }
}
