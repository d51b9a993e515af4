package io.github.sparkcnn.kernel.torch.operation;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What a step computes. */
@FunctionalInterface
interface Operation {

    /**
     * Makes a tensor of its own of those that the step reads.
     *
     * @param training whether a gradient is wanted and dropout is active
     */
    Tensor compute(List<Tensor> inputs, boolean training);
}
