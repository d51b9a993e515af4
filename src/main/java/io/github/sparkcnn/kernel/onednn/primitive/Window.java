package io.github.sparkcnn.kernel.onednn.primitive;

/**
 * The sliding window of a convolution or pooling, each array {height, width}.
 *
 * @param padding before the first row and column
 * @param paddingEnd after the last row and column; negative where a truncating window leaves some out
 */
@SuppressWarnings("ArrayRecordComponent")
public record Window(long[] kernel, long[] strides, long[] padding, long[] paddingEnd) {

    /** The window of this geometry that turns {@code input} into {@code output} rows and columns. */
    public static Window over(long[] input, long[] output, int[] kernel, int[] strides, int[] padding) {
        long[] end = new long[2];
        for (int i = 0; i < 2; i++) {
            end[i] = (output[i] - 1) * strides[i] + kernel[i] - input[i] - padding[i];
        }
        return new Window(widen(kernel), widen(strides), widen(padding), end);
    }

    private static long[] widen(int[] values) {
        return new long[] {values[0], values[1]};
    }
}
