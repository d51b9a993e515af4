package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Step;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** x / (k + α Σ x²)^β over neighbouring channels: Krizhevsky et al., "ImageNet classification", 2012. */
record LocalResponse(Step.LocalResponse step) implements UnaryOperation {

    @Override
    public Tensor compute(Tensor input, boolean training) {
        Tensor power = sums(input.mul(input))
                .mul(new Scalar(step.alpha()))
                .add(new Scalar(step.k()))
                .pow(new Scalar(step.beta()));
        return input.div(power);
    }

    /** Of as many neighbouring channels. */
    private Tensor sums(Tensor squares) {
        long channels = squares.size(1);
        long half = step.size() / 2;
        Tensor padded = torch.constant_pad_nd(squares, 0, 0, 0, 0, half, half);
        Tensor sum = padded.narrow(1, 0, channels);
        for (int i = 1; i < step.size(); i++) {
            sum = sum.add(padded.narrow(1, i, channels));
        }
        return sum;
    }
}
