package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Sliding;
import org.bytedeco.pytorch.Tensor;

/**
 * Images for a window to slide over.
 *
 * @param images with the padding that the operation cannot do itself, if there is such
 * @param isFilled whether there is
 * @param padding that the operation does
 */
@SuppressWarnings("ArrayRecordComponent") // what libtorch takes
record Frame(Tensor images, boolean isFilled, long[] padding) {

    /** With zeros around, as many as the window needs. */
    static Frame of(Sliding sliding, Tensor images) {
        Margins margins = margins(sliding, images);
        return margins.areEven() ? new Frame(images, false, margins.before()) : of(margins, images, 0);
    }

    /** With numbers around that are never a maximum; libtorch's own padding is at most half of the window. */
    static Frame ofMaximum(Sliding sliding, Tensor images) {
        Margins margins = margins(sliding, images);
        boolean byOperation = margins.areEven()
                && 2 * margins.top() <= sliding.height().kernel()
                && 2 * margins.left() <= sliding.width().kernel();
        return byOperation ? new Frame(images, false, margins.before()) : of(margins, images, Double.NEGATIVE_INFINITY);
    }

    private static Margins margins(Sliding sliding, Tensor images) {
        return Margins.of(sliding, images.size(2), images.size(3));
    }

    private static Frame of(Margins margins, Tensor images, double value) {
        return new Frame(margins.around(images, value), true, new long[] {0, 0});
    }
}
