package io.github.sparkcnn.kernel.step;

import java.util.Optional;

/**
 * What the last step's outputs, {@code [n, classes]}, become: probabilities, and a loss summed over the images.
 *
 * @param loss between the probabilities and the label's row of zeros and a one
 * @param output from outputs to probabilities
 * @param weights of the outputs in the loss, {@code [classes]}
 * @param clip how near to 0 and 1 a probability comes in the binary cross-entropy; 0 for no limit
 */
public record Head(Loss loss, Output output, Optional<float[]> weights, double clip) {

    /** From two rows to a number. */
    public enum Loss {
        /** − Σ y log p. */
        CROSS_ENTROPY,
        /** − Σ y log p + (1 − y) log(1 − p). */
        BINARY_CROSS_ENTROPY,
        /** Σ (p − y)² / classes. */
        SQUARED_ERROR
    }

    /** From outputs to what is called probabilities. */
    public enum Output {
        SOFTMAX,
        SIGMOID,
        IDENTITY
    }
}
