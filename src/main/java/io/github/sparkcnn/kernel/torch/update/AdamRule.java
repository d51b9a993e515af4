package io.github.sparkcnn.kernel.torch.update;

import io.github.sparkcnn.kernel.update.UpdateRule;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.nd4j.linalg.learning.config.Adam;

/** Kingma and Ba, "Adam", 2015: m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², and a step of λm / (√v + ε), both without their bias. */
record AdamRule(Adam adam, UpdateRule reading) implements Rule {

    @Override
    public int moments() {
        return 2;
    }

    @Override
    public void apply(Tensor parameters, Tensor gradient, List<Tensor> moments, int iteration, int epoch) {
        double beta1 = adam.getBeta1();
        double beta2 = adam.getBeta2();
        double correction = Math.sqrt(1 - Math.pow(beta2, iteration + 1));
        double rate = adam.getLearningRate(iteration, epoch) * correction / (1 - Math.pow(beta1, iteration + 1));
        double epsilon = adam.getEpsilon() * (reading == UpdateRule.PYTORCH ? correction : 1);
        moments.get(0).mul_(new Scalar(beta1)).add_(gradient, new Scalar(1 - beta1));
        moments.get(1).mul_(new Scalar(beta2)).addcmul_(gradient, gradient, new Scalar(1 - beta2));
        Tensor denominator = moments.get(1).sqrt().add_(new Scalar(epsilon));
        parameters.addcdiv_(moments.get(0), denominator, new Scalar(-rate));
    }
}
