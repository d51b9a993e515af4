package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Sliding;

/** How windows slide, as libtorch takes it: {@code [height, width]}. */
final class Windows {

    private Windows() {}

    static long[] kernel(Sliding sliding) {
        return new long[] {sliding.height().kernel(), sliding.width().kernel()};
    }

    static long[] strides(Sliding sliding) {
        return new long[] {sliding.height().stride(), sliding.width().stride()};
    }

    static long[] dilation(Sliding sliding) {
        return new long[] {sliding.height().dilation(), sliding.width().dilation()};
    }
}
