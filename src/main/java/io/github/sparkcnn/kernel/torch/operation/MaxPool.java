package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Sliding;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The maximum of each window. Its backward pass on a GPU gathers, each pixel from its windows, so that nothing depends on the order of
 * arrival: of the poolings that libtorch refuses to run deterministically only three-dimensional and adaptive ones are.
 */
record MaxPool(Sliding sliding) implements UnaryOperation {

    @Override
    public Tensor compute(Tensor input, boolean training) {
        Frame frame = Frame.ofMaximum(sliding, input);
        return torch.max_pool2d(
                frame.images(),
                Windows.kernel(sliding),
                Windows.strides(sliding),
                frame.padding(),
                Windows.dilation(sliding),
                false);
    }
}
