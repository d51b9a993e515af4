package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.torch.tensor.Randomness;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Zeroes values at random in training, and multiplies the others by 1 / retain. */
record Dropout(double retain, Randomness random) implements UnaryOperation {

    @Override
    public Tensor compute(Tensor input, boolean training) {
        if (!training) {
            return new Tensor(input);
        }
        Tensor mask = random.chances(torch.empty_like(input), retain);
        return input.mul(mask.mul_(new Scalar(1 / retain)));
    }
}
