package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.torch.tensor.Randomness;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Values changed at random in training, otherwise than by dropout. */
record Noise(Step.Noise step, Randomness random) implements UnaryOperation {

    private static final double SELU_ALPHA = 1.6732632423543772;

    private static final double SELU_SCALE = 1.0507009873554805;

    /** SELU's lowest value, −λα. */
    private static final double LOWEST = -SELU_SCALE * SELU_ALPHA;

    @Override
    public Tensor compute(Tensor input, boolean training) {
        if (!training) {
            return new Tensor(input);
        }
        double amount = step.amount();
        return switch (step.kind()) {
            case MAPS -> maps(input, amount);
            case SELF_NORMALIZING -> selfNormalizing(input, amount);
            case FACTORS -> input.mul(random.normal(torch.empty_like(input), 1, amount));
            case SUMMANDS -> input.add(random.normal(torch.empty_like(input), 0, amount));
        };
    }

    private Tensor maps(Tensor input, double retain) {
        if (input.dim() != 4) {
            throw new UnsupportedShape("maps of rows are dropped");
        }
        Tensor ofMaps = torch.empty_like(input.narrow(2, 0, 1).narrow(3, 0, 1));
        return input.mul(random.chances(ofMaps, retain).mul_(new Scalar(1 / retain)));
    }

    /** Klambauer et al., "Self-normalizing neural networks", 2017: a (xd + α′(1 − d)) + b. */
    private Tensor selfNormalizing(Tensor input, double retain) {
        double a = 1 / Math.sqrt(retain + LOWEST * LOWEST * retain * (1 - retain));
        double b = -a * (1 - retain) * LOWEST;
        Tensor kept = random.chances(torch.empty_like(input), retain);
        Tensor summands = kept.mul(new Scalar(-a * LOWEST)).add_(new Scalar(a * LOWEST + b));
        return input.mul(kept.mul_(new Scalar(a))).add(summands);
    }
}
