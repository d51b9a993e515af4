package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Step;
import org.bytedeco.pytorch.Tensor;

/** Each pixel several times below and beside itself. */
record Upsampling(Step.Upsampling step) implements UnaryOperation {

    @Override
    public Tensor compute(Tensor input, boolean training) {
        long images = input.size(0);
        long channels = input.size(1);
        long rows = input.size(2);
        long columns = input.size(3);
        return input.unsqueeze(3)
                .unsqueeze(5)
                .expand(images, channels, rows, step.rows(), columns, step.columns())
                .reshape(images, channels, rows * step.rows(), columns * step.columns());
    }
}
