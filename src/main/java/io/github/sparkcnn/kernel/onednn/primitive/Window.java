package io.github.sparkcnn.kernel.onednn.primitive;

/**
 * The sliding window of a convolution or pooling, each array {height, width}.
 *
 * @param dilation elements left out between two of the kernel
 * @param padding before the first row and column
 * @param paddingEnd after the last row and column; negative where a truncating window leaves some out
 */
@SuppressWarnings("ArrayRecordComponent")
public record Window(long[] kernel, long[] strides, long[] dilation, long[] padding, long[] paddingEnd) {

    /**
     * The window of this geometry that turns {@code input} into {@code output} rows and columns.
     *
     * @param dilation from one element of the kernel to the next, 1 for neighbours
     */
    public static Window over(long[] input, long[] output, int[] kernel, int[] strides, int[] dilation, int[] padding) {
        long[] leftOut = {dilation[0] - 1, dilation[1] - 1};
        long[] end = new long[2];
        for (int i = 0; i < 2; i++) {
            long reach = (kernel[i] - 1) * (leftOut[i] + 1) + 1;
            end[i] = (output[i] - 1) * strides[i] + reach - input[i] - padding[i];
        }
        return new Window(widen(kernel), widen(strides), leftOut, widen(padding), end);
    }

    /** The window that is all of the input. */
    public static Window all(long[] input) {
        return new Window(input, new long[] {1, 1}, new long[2], new long[2], new long[2]);
    }

    /** Windows side by side. */
    public static Window tiles(int rows, int columns) {
        long[] tile = {rows, columns};
        return new Window(tile, tile, new long[2], new long[2], new long[2]);
    }

    private static long[] widen(int[] values) {
        return new long[] {values[0], values[1]};
    }
}
