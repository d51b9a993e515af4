package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.kernel.step.Head;

/**
 * From a network's last sums to probabilities, the loss against integer labels and its gradient by the sums, in plain Java: ten
 * numbers an image. Sums over the minibatch; whoever updates divides by its size.
 */
interface OutputLoss {

    /** The loss of a head over so many classes. */
    static OutputLoss of(Head head, int classes) {
        float[] weights = head.weights().orElse(null);
        return switch (head.loss()) {
            case CROSS_ENTROPY -> new SoftmaxCrossEntropy(classes, weights);
            case BINARY_CROSS_ENTROPY -> new BinaryCrossEntropy(classes, weights, head.clip());
            case SQUARED_ERROR -> new SquaredError(classes, weights, head.output());
        };
    }

    int classes();

    /**
     * Replaces sums by probabilities.
     *
     * @param values {@code [size, classes]}
     */
    void probabilities(float[] values, int size);

    /**
     * Replaces sums by the gradient of the summed loss.
     *
     * @param values {@code [size, classes]}
     * @return the summed loss
     */
    double lossAndGradient(float[] values, int[] labels, int size);

    /**
     * The same with weights of the classes.
     *
     * @param weights {@code [classes]}
     */
    default double lossAndGradient(float[] values, int[] labels, float[] weights, int size) {
        throw new IllegalStateException("classes are weighed in the cross-entropy behind a softmax only");
    }
}
