package io.github.sparkcnn.kernel.step;

/**
 * An activation function of one number, by its formula; what α and β are depends on the kind.
 *
 * @param alpha α
 * @param beta β
 */
public record ActivationFunction(Kind kind, double alpha, double beta) {

    /** max(0, x). */
    public static final ActivationFunction RELU = new ActivationFunction(Kind.RELU, 0, 0);

    /** The formulas. */
    public enum Kind {
        /** x where x > 0, 0 elsewhere; its derivative at 0 is 0. */
        RELU(true, true),
        /** x where x ≥ 0, αx elsewhere, α > 0; its derivative at 0 is 1. */
        LEAKY_RELU(true, true),
        /** x where x > 0, α(eˣ − 1) elsewhere, α > 0. */
        ELU(true, true),
        /** 1 / (1 + e⁻ˣ). */
        SIGMOID(true, true),
        /** tanh x. */
        TANH(true, true),
        /** x within [α, β], its bounds elsewhere. */
        CLIP(true, true),
        /** αx + β. */
        LINEAR(true, false),
        /** αx + β within [0, 1], its bounds elsewhere. */
        HARD_SIGMOID(false, true),
        /** log(1 + e^(αx)) / α. */
        SOFTPLUS(false, true),
        /** x / (1 + e^(−αx)). */
        SWISH(false, false),
        /** x tanh(log(1 + eˣ)). */
        MISH(false, false);

        private final boolean derivativeOfValue;
        private final boolean monotone;

        Kind(boolean derivativeOfValue, boolean monotone) {
            this.derivativeOfValue = derivativeOfValue;
            this.monotone = monotone;
        }
    }

    /** A function without α and β. */
    public static ActivationFunction of(Kind kind) {
        return new ActivationFunction(kind, 0, 0);
    }

    /** αx + β. */
    public static ActivationFunction linear(double alpha, double beta) {
        return new ActivationFunction(Kind.LINEAR, alpha, beta);
    }

    /** Whether it is max(0, x). */
    public boolean isRelu() {
        return kind == Kind.RELU;
    }

    /** Whether its value tells its derivative, so that it may write over what it reads. */
    public boolean hasDerivativeOfValue() {
        return kind.derivativeOfValue;
    }

    /** Whether a larger number never has a smaller value, so that it may change places with a maximum. */
    public boolean isMonotone() {
        return kind.monotone || (kind == Kind.LINEAR && alpha > 0);
    }
}
