package io.github.sparkcnn.kernel.torch.update;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.nd4j.linalg.learning.config.Sgd;

/** A step of λg. */
record DescentRule(Sgd sgd) implements Rule {

    @Override
    public int moments() {
        return 0;
    }

    @Override
    public void apply(Tensor parameters, Tensor gradient, List<Tensor> moments, int iteration, int epoch) {
        parameters.add_(gradient, new Scalar(-sgd.getLearningRate(iteration, epoch)));
    }
}
