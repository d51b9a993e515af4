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
    private final boolean multiplies;
    private final Tensor kernels;
    private final TensorOptional bias;

    Convolution(Step.Convolution step, FlatTensors flat) {
        sliding = step.sliding();
        groups = step.groups();
        multiplies = groups > 1 && step.inputs() == groups && step.outputs() > groups;
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
                laidOut(frame.images()),
                laidOut(kernels.flatten(0, 1)),
                bias,
                Windows.strides(sliding),
                frame.padding(),
                Windows.dilation(sliding),
                groups);
    }
    /**
     * Channel by channel where each of several groups makes more maps than one of its only channel: with channels last the oneDNN that this
     * libtorch has, 3.7.1, computes something else then ({@code jit:avx512_core}, seen on an AMD EPYC of Zen 5).
     */
    private Tensor laidOut(Tensor tensor) {
        return multiplies ? tensor.contiguous() : tensor;
    }
}
