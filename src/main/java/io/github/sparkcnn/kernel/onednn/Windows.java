package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.Window;
import io.github.sparkcnn.kernel.step.Sliding;

/** How steps slide, as oneDNN wants it told. */
final class Windows {

    private Windows() {}

    /** The shape of what slides over the input and makes so many channels. */
    static long[] output(Sliding sliding, Tensor input, long channels) {
        long[] dims = input.dims();
        return new long[] {dims[0], channels, sliding.rows(dims[2]), sliding.columns(dims[3])};
    }

    /** The window that makes the smaller of the larger shape. */
    static Window of(Sliding sliding, long[] larger, long[] smaller) {
        Sliding.Axis height = sliding.height();
        Sliding.Axis width = sliding.width();
        return Window.over(
                new long[] {larger[2], larger[3]},
                new long[] {smaller[2], smaller[3]},
                new int[] {height.kernel(), width.kernel()},
                new int[] {height.stride(), width.stride()},
                new int[] {height.dilation(), width.dilation()},
                new int[] {sliding.above(larger[2]), sliding.left(larger[3])});
    }
}
