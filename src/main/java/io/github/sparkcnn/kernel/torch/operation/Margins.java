package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Sliding;
import io.github.sparkcnn.kernel.step.Sliding.Axis;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Rows and columns around images; where negative, as many of the image are left out. */
record Margins(long top, long bottom, long left, long right) {

    /** Those that a window needs which slides over images so. */
    static Margins of(Sliding sliding, long rows, long columns) {
        return new Margins(
                sliding.above(rows),
                after(sliding.height(), sliding.same(), rows, sliding.rows(rows), sliding.above(rows)),
                sliding.left(columns),
                after(sliding.width(), sliding.same(), columns, sliding.columns(columns), sliding.left(columns)));
    }

    /** What an image that is not padded to be the same size has in front it has behind too, reached or not. */
    private static long after(Axis axis, boolean same, long input, long output, long before) {
        return same ? Math.max(0, (output - 1) * axis.stride() + axis.reach() - input) - before : before;
    }

    /** Whether there is as much before as behind. */
    boolean areEven() {
        return top == bottom && left == right;
    }

    /** As the operations take even ones. */
    long[] before() {
        return new long[] {top, left};
    }

    /** The images with the margins, filled with one number. */
    Tensor around(Tensor images, double value) {
        return torch.constant_pad_nd(images, new long[] {left, right, top, bottom}, new Scalar(value));
    }
}
