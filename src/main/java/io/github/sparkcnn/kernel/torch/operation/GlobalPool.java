package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Step;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** One number of each map: images of one pixel. */
record GlobalPool(Step.GlobalPool.Pooling pooling) implements UnaryOperation {
    private static final long[] HEIGHT_AND_WIDTH = {2, 3};

    @Override
    public Tensor compute(Tensor input, boolean training) {
        return switch (pooling) {
            case AVERAGE -> input.mean(HEIGHT_AND_WIDTH, true, new ScalarTypeOptional());
            case SUM -> input.sum(HEIGHT_AND_WIDTH, true, new ScalarTypeOptional());
            // Not amax, which would share the gradient among all that are the largest.
            case MAXIMUM -> input.flatten(2, -1).max(2, true).get0().unsqueeze(3);
        };
    }
}
