package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.KernelLayout;
import io.github.sparkcnn.kernel.step.Sliding;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.torch.tensor.FlatTensors;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The transposed of a convolution: of all that this one would pad its image by, the margins are taken away, and then the bias added. */
final class Deconvolution implements UnaryOperation {
    private static final long[] NONE = {0, 0};

    private final Sliding sliding;
    private final Tensor kernels;
    private final Optional<Tensor> bias;

    Deconvolution(Step.Deconvolution step, FlatTensors flat) {
        sliding = step.sliding();
        kernels = kernels(step, flat);
        bias = step.bias()
                .map(slice ->
                        flat.leaf(slice, new long[] {1, slice.length(), 1, 1}, new long[] {slice.length(), 1, 1, 1}));
    }

    /** {@code [inputs, outputs, height, width]}. */
    private static Tensor kernels(Step.Deconvolution step, FlatTensors flat) {
        KernelLayout layout = step.layout();
        long[] kernel = Windows.kernel(step.sliding());
        return flat.leaf(step.weights(), new long[] {step.inputs(), step.outputs(), kernel[0], kernel[1]}, new long[] {
            layout.input(), layout.output(), layout.row(), layout.column()
        });
    }

    @Override
    public Tensor compute(Tensor input, boolean training) {
        Tensor whole = torch.conv_transpose2d(
                input,
                kernels,
                new TensorOptional(),
                Windows.strides(sliding),
                NONE,
                NONE,
                1,
                Windows.dilation(sliding));
        long rows = sliding.transposedRows(input.size(2));
        long columns = sliding.transposedColumns(input.size(3));
        long above = sliding.above(rows);
        long left = sliding.left(columns);
        Margins margins = new Margins(-above, rows + above - whole.size(2), -left, columns + left - whole.size(3));
        Tensor output = margins.around(whole, 0);
        return bias.map(output::add).orElse(output);
    }
}
