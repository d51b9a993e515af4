package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.ActivationFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A function of each number. */
record Activation(ActivationFunction function) implements UnaryOperation {
    /** From where on log(1 + eˣ) is x in 32 bits. */
    private static final double LINEAR_FROM = 20;

    @Override
    public Tensor compute(Tensor x, boolean training) {
        return switch (function.kind()) {
            case RELU -> torch.relu(x);
            // Not libtorch's own, whose derivative at 0 is α: black images are all zeros.
            case LEAKY_RELU -> torch.where(x.ge(new Scalar(0.0)), x, x.mul(alpha()));
            case ELU -> torch.elu(x, alpha(), new Scalar(1.0), new Scalar(1.0));
            case SIGMOID -> torch.sigmoid(x);
            case TANH -> torch.tanh(x);
            case CLIP -> torch.hardtanh(x, alpha(), new Scalar(function.beta()));
            case LINEAR -> linear(x);
            case HARD_SIGMOID -> torch.hardtanh(linear(x), new Scalar(0.0), new Scalar(1.0));
            case SOFTPLUS -> torch.softplus(x, alpha(), new Scalar(LINEAR_FROM));
            case SWISH -> x.mul(torch.sigmoid(x.mul(alpha())));
            case MISH -> torch.mish(x);
        };
    }

    /** αx + β. */
    private Tensor linear(Tensor x) {
        return x.mul(alpha()).add(new Scalar(function.beta()));
    }

    private Scalar alpha() {
        return new Scalar(function.alpha());
    }
}
