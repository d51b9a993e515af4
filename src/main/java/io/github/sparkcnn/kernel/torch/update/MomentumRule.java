package io.github.sparkcnn.kernel.torch.update;

import io.github.sparkcnn.kernel.update.UpdateRule;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.nd4j.linalg.learning.config.Nesterovs;

/** v = μv − λg, and a step of v, or with Nesterov's momentum of μv − λg. */
record MomentumRule(Nesterovs nesterovs, UpdateRule reading) implements Rule {

    @Override
    public int moments() {
        return 1;
    }

    @Override
    public void apply(Tensor parameters, Tensor gradient, List<Tensor> moments, int iteration, int epoch) {
        Scalar rate = new Scalar(-nesterovs.getLearningRate(iteration, epoch));
        Scalar mu = new Scalar(nesterovs.currentMomentum(iteration, epoch));
        Tensor velocity = moments.get(0).mul_(mu).add_(gradient, rate);
        if (reading == UpdateRule.PYTORCH) {
            parameters.add_(velocity);
        } else {
            parameters.add_(velocity, mu).add_(gradient, rate);
        }
    }
}
