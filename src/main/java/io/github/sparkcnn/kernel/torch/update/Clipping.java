package io.github.sparkcnn.kernel.torch.update;

import io.github.sparkcnn.kernel.update.GradientClipping;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/** Clips the mean gradient in place. What no gradient moves, running statistics and frozen layers, is 0 in it. */
record Clipping(GradientClipping clipping) {

    /** PyTorch's, so that a gradient of 0 divides. */
    private static final double EPSILON = 1e-6;

    void apply(Tensor gradient) {
        switch (clipping.kind()) {
            case NONE -> {}
            case NORM -> {
                Tensor factor = gradient.norm()
                        .add_(new Scalar(EPSILON))
                        .reciprocal_()
                        .mul_(new Scalar(clipping.limit()))
                        .clamp_max_(new Scalar(1.0));
                gradient.mul_(factor);
            }
            case VALUE ->
                gradient.clamp_(
                        new ScalarOptional(new Scalar(-clipping.limit())),
                        new ScalarOptional(new Scalar(clipping.limit())));
        }
    }
}
