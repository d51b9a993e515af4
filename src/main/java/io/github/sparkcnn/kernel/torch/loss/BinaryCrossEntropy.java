package io.github.sparkcnn.kernel.torch.loss;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The cross-entropy of each output's sigmoid with its target, after ND4J's {@code LossBinaryXENT}: probabilities come no nearer to 0
 * and 1 than {@code clip}, in the loss and in its derivative, which is not 0 there.
 *
 * @param weights of the outputs, {@code [classes]}
 */
record BinaryCrossEntropy(Optional<Tensor> weights, double clip) implements Loss {

    @Override
    public Tensor probabilities(Tensor sums) {
        return torch.sigmoid(sums);
    }

    /** −Σ w (y log p + (1 − y) log(1 − p)); w (p − y) / (p (1 − p)) by the probabilities, q (1 − q) by the sums. */
    @Override
    public Backward backward(Tensor sums, Tensor targets) {
        Tensor unclipped = probabilities(sums);
        Tensor probabilities =
                unclipped.clamp(new ScalarOptional(new Scalar(clip)), new ScalarOptional(new Scalar(1 - clip)));
        Tensor ofTarget = torch.where(targets.gt(new Scalar(0.0)), probabilities, complement(probabilities));
        Tensor losses = weighed(ofTarget.log());
        Tensor gradient = probabilities
                .sub(targets)
                .div_(probabilities.mul(complement(probabilities)))
                .mul_(unclipped.mul(complement(unclipped)));
        return new Backward(Sums.of(losses).neg(), Sums.toMean(weighed(gradient)));
    }

    private Tensor weighed(Tensor values) {
        return weights.map(values::mul_).orElse(values);
    }

    private static Tensor complement(Tensor probabilities) {
        return probabilities.neg().add_(new Scalar(1.0));
    }
}
