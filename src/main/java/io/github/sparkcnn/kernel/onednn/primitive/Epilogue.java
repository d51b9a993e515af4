package io.github.sparkcnn.kernel.onednn.primitive;

/**
 * What a convolution does to its output before it writes it: normalisation by running statistics, which is carried by the weights
 * and the bias, then the sum with another tensor, then ReLU. Only ReLU can be trained through.
 *
 * @param normalization null for none
 * @param addend of the output's shape; null for none
 */
public record Epilogue(NormalizationWeights normalization, Tensor addend, boolean relu) {

    boolean trainable() {
        return normalization == null && addend == null;
    }
}
