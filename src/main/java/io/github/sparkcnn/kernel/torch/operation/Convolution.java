package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.KernelLayout;
import io.github.sparkcnn.kernel.step.Sliding;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.torch.tensor.FlatTensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A convolution, where asked in groups of channels. */
final class Convolution implements UnaryOperation {
    private final Sliding sliding;
    private final long groups;
    private final Tensor kernels;
    private final TensorOptional bias;

    Convolution(Step.Convolution step, FlatTensors flat) {
        sliding = step.sliding();
        groups = step.groups();
        kernels = kernels(step, flat);
        bias = flat.optionalLeaf(step.bias());
    }

    /** {@code [groups, outputs of a group, inputs of a group, height, width]}, in whatever order in memory. */
    private static Tensor kernels(Step.Convolution step, FlatTensors flat) {
        KernelLayout layout = step.layout();
        long[] kernel = Windows.kernel(step.sliding());
        long groups = step.groups();
        return flat.leaf(
                step.weights(),
                new long[] {groups, step.outputs() / groups, step.inputs() / groups, kernel[0], kernel[1]},
                new long[] {layout.group(), layout.output(), layout.input(), layout.row(), layout.column()});
    }

    @Override
    public Tensor compute(Tensor input, boolean training) {
        Frame frame = Frame.of(sliding, input);
        return torch.conv2d(
                frame.images(),
                kernels.flatten(0, 1),
                bias,
                Windows.strides(sliding),
                frame.padding(),
                Windows.dilation(sliding),
                groups);
    }
}
