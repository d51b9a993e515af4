package io.github.sparkcnn.kernel.step;

/**
 * How a convolution or pooling slides over an image.
 *
 * @param same whether the image is padded so that only the stride makes it smaller; the paddings given do not count then
 */
public record Sliding(Axis height, Axis width, boolean same) {

    /**
     * Along one side of the image.
     *
     * @param padding before the first element
     */
    public record Axis(int kernel, int stride, int padding) {}

    /** Rows that it makes of so many. */
    public long rows(long input) {
        return output(height, input);
    }

    /** Columns that it makes of so many. */
    public long columns(long input) {
        return output(width, input);
    }

    private long output(Axis axis, long input) {
        return same
                ? (input + axis.stride - 1) / axis.stride
                : (input + 2L * axis.padding - axis.kernel) / axis.stride + 1;
    }

    /** Rows of padding above so many. */
    public int above(long input) {
        return before(height, input);
    }

    /** Columns of padding left of so many. */
    public int left(long input) {
        return before(width, input);
    }

    /** {@code same} pads by what is missing, the smaller half in front. */
    private int before(Axis axis, long input) {
        return same
                ? (int) Math.max(0, (output(axis, input) - 1) * axis.stride + axis.kernel - input) / 2
                : axis.padding;
    }
}
