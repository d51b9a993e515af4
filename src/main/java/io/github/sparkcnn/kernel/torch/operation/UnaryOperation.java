package io.github.sparkcnn.kernel.torch.operation;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What a step of one input computes. */
interface UnaryOperation extends Operation {

    /** The same of the one. */
    Tensor compute(Tensor input, boolean training);

    @Override
    default Tensor compute(List<Tensor> inputs, boolean training) {
        return compute(inputs.get(0), training);
    }
}
