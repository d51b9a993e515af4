package io.github.sparkcnn.kernel.onednn.pointwise;

import io.github.sparkcnn.kernel.step.ActivationFunction;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/** What oneDNN calls the activation functions. */
final class Algorithms {

    private Algorithms() {}

    /** As an operation of its own; by its value where that tells its derivative. */
    static algorithm alone(ActivationFunction function) {
        return switch (function.kind()) {
            case RELU -> algorithm.eltwise_relu_use_dst_for_bwd;
            case ELU -> algorithm.eltwise_elu_use_dst_for_bwd;
            case SIGMOID -> algorithm.eltwise_logistic_use_dst_for_bwd;
            case TANH -> algorithm.eltwise_tanh_use_dst_for_bwd;
            case CLIP -> algorithm.eltwise_clip_v2_use_dst_for_bwd;
            default -> behind(function);
        };
    }

    /** Behind another operation, in its pass. */
    static algorithm behind(ActivationFunction function) {
        return switch (function.kind()) {
            case RELU, LEAKY_RELU -> algorithm.eltwise_relu;
            case ELU -> algorithm.eltwise_elu;
            case SIGMOID -> algorithm.eltwise_logistic;
            case TANH -> algorithm.eltwise_tanh;
            case CLIP -> algorithm.eltwise_clip_v2;
            case LINEAR -> algorithm.eltwise_linear;
            case HARD_SIGMOID -> algorithm.eltwise_hardsigmoid;
            case SOFTPLUS -> algorithm.eltwise_soft_relu;
            case SWISH -> algorithm.eltwise_swish;
            case MISH -> algorithm.eltwise_mish;
        };
    }

    /** Which argument tells the derivative of a function that may write over what it reads; of a linear one none does. */
    static int derivativeArgument(ActivationFunction function) {
        return function.kind() == ActivationFunction.Kind.LINEAR ? dnnl.DNNL_ARG_SRC : dnnl.DNNL_ARG_DST;
    }
}
