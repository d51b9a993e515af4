package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.torch.tensor.FlatTensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A fully connected layer; images become rows first. */
final class Dense implements UnaryOperation {
    private final Tensor weights;
    private final TensorOptional bias;

    Dense(Step.Dense step, FlatTensors flat) {
        long inputs = step.weights().length() / step.outputs();
        weights = flat.leaf(step.weights(), new long[] {step.outputs(), inputs}, new long[] {inputs, 1});
        bias = flat.optionalLeaf(step.bias());
    }

    @Override
    public Tensor compute(Tensor input, boolean training) {
        return torch.linear(Rows.of(input), weights, bias);
    }
}
