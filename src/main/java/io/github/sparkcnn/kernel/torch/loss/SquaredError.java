package io.github.sparkcnn.kernel.torch.loss;

import io.github.sparkcnn.kernel.step.Head.Output;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The mean over the outputs of the squared difference from their targets, after ND4J's {@code LossMSE}.
 *
 * @param weights of the outputs, {@code [classes]}
 */
record SquaredError(Optional<Tensor> weights, Output output) implements Loss {
    private static final long[] CLASSES = {1};

    @Override
    public Tensor probabilities(Tensor sums) {
        return switch (output) {
            case IDENTITY -> new Tensor(sums);
            case SIGMOID -> torch.sigmoid(sums);
            case SOFTMAX -> torch.softmax(sums, 1);
        };
    }

    @Override
    public Backward backward(Tensor sums, Tensor targets) {
        Tensor values = probabilities(sums);
        Tensor differences = values.sub(targets);
        Tensor factor = differences.mul(new Scalar(1.0 / sums.size(1)));
        Tensor weighed = weights.map(factor::mul).orElse(factor);
        Tensor byValues = weighed.mul(new Scalar(2.0));
        return new Backward(Sums.of(differences.mul(weighed)), Sums.toMean(byTheSums(values, byValues)));
    }

    private Tensor byTheSums(Tensor values, Tensor gradient) {
        return switch (output) {
            case IDENTITY -> gradient;
            case SIGMOID -> gradient.mul(values).mul(values.neg().add_(new Scalar(1.0)));
            case SOFTMAX -> {
                Tensor mean = gradient.mul(values).sum(CLASSES, true, new ScalarTypeOptional());
                yield gradient.sub(mean).mul(values);
            }
        };
    }
}
