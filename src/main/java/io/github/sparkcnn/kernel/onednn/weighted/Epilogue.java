package io.github.sparkcnn.kernel.onednn.weighted;

import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.step.ActivationFunction;

/**
 * What a convolution does to its output before it writes it: normalisation by running statistics, which is carried by the weights
 * and the bias, then the sum with another tensor, then an activation. Only
 * an activation whose value tells its derivative can be trained through.
 *
 * @param normalization null for none
 * @param addend of the output's shape; null for none
 * @param activation null for none
 */
public record Epilogue(NormalizationWeights normalization, Tensor addend, ActivationFunction activation) {

    boolean trainable() {
        return normalization == null && addend == null && (activation == null || activation.hasDerivativeOfValue());
    }
}
