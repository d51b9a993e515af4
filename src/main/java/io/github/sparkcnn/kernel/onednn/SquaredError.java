package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.kernel.step.Head.Output;

/**
 * The mean over the outputs of the squared difference from a row that is 1 for the image's class and 0 elsewhere, after ND4J's {@code
 * LossMSE}.
 *
 * @param weights of the outputs, {@code [classes]}; null for none
 */
@SuppressWarnings("ArrayRecordComponent")
record SquaredError(int classes, float[] weights, Output output) implements OutputLoss {

    @Override
    public void probabilities(float[] values, int size) {
        switch (output) {
            case IDENTITY -> {}
            case SIGMOID -> new BinaryCrossEntropy(classes, null, 0).probabilities(values, size);
            case SOFTMAX -> new SoftmaxCrossEntropy(classes, null).probabilities(values, size);
        }
    }

    @Override
    public double lossAndGradient(float[] values, int[] labels, int size) {
        probabilities(values, size);
        double loss = 0;
        double[] derivative = new double[classes];
        for (int row = 0; row < size; row++) {
            int start = row * classes;
            for (int i = 0; i < classes; i++) {
                double weight = (weights == null ? 1.0 : weights[i]) / classes;
                double difference = values[start + i] - (labels[row] == i ? 1 : 0);
                loss += weight * difference * difference;
                derivative[i] = 2 * weight * difference;
            }
            backThroughOutput(values, start, derivative);
        }
        return loss;
    }

    /** From the derivative by a row of outputs, which the values hold, to that by the sums, which they hold then. */
    private void backThroughOutput(float[] values, int start, double[] derivative) {
        double mean = 0;
        for (int i = 0; i < classes; i++) {
            mean += derivative[i] * values[start + i];
        }
        for (int i = 0; i < classes; i++) {
            double value = values[start + i];
            values[start + i] = (float)
                    switch (output) {
                        case IDENTITY -> derivative[i];
                        case SIGMOID -> derivative[i] * value * (1 - value);
                        case SOFTMAX -> value * (derivative[i] - mean);
                    };
        }
    }
}
