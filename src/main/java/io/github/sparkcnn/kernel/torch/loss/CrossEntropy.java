package io.github.sparkcnn.kernel.torch.loss;

import java.util.Optional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The cross-entropy of the softmax.
 *
 * @param weights of the network's own, {@code [classes]}
 */
record CrossEntropy(Optional<Tensor> weights) implements Loss {
    private static final long[] CLASSES = {1};

    @Override
    public Tensor probabilities(Tensor sums) {
        return torch.softmax(sums, 1);
    }

    /** −Σ w y log p; (w Σ y) p − w y by the sums. */
    @Override
    public Backward backward(Tensor sums, Tensor targets) {
        Tensor weighed = weights.map(targets::mul).orElse(targets);
        Tensor logarithms = torch.log_softmax(sums, 1);
        Tensor ofRows = weighed.sum(CLASSES, true, new ScalarTypeOptional());
        return new Backward(
                Sums.of(logarithms.mul(weighed)).neg(),
                Sums.toMean(logarithms.exp().mul_(ofRows).sub_(weighed)));
    }
}
