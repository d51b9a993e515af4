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
     * @param dilation from one element of the kernel to the next, 1 for neighbours
     */
    public record Axis(int kernel, int stride, int padding, int dilation) {

        /** Elements from the kernel's first to its last. */
        public int reach() {
            return (kernel - 1) * dilation + 1;
        }
    }

    /** Rows that it makes of so many. */
    public long rows(long input) {
        return output(height, input);
    }

    /** Columns that it makes of so many. */
    public long columns(long input) {
        return output(width, input);
    }

    /** Rows of which it makes so many: those that its transposed, a deconvolution, makes. */
    public long transposedRows(long input) {
        return transposed(height, input);
    }

    /** Columns of which it makes so many. */
    public long transposedColumns(long input) {
        return transposed(width, input);
    }

    private long output(Axis axis, long input) {
        return same
                ? (input + axis.stride - 1) / axis.stride
                : (input + 2L * axis.padding - axis.reach()) / axis.stride + 1;
    }

    private long transposed(Axis axis, long input) {
        return same ? input * axis.stride : axis.stride * (input - 1) + axis.reach() - 2L * axis.padding;
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
                ? (int) Math.max(0, (output(axis, input) - 1) * axis.stride + axis.reach() - input) / 2
                : axis.padding;
    }
}
