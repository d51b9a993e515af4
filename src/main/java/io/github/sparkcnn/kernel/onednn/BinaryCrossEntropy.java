package io.github.sparkcnn.kernel.onednn;

/**
 * The cross-entropy of each output's sigmoid with a label that is 1 for the image's class and 0 for all others, after ND4J's {@code
 * LossBinaryXENT}: probabilities come no nearer to 0 and 1 than {@code clip}, in the loss and in its derivative.
 *
 * @param weights of the outputs, {@code [classes]}; null for none
 */
@SuppressWarnings("ArrayRecordComponent")
record BinaryCrossEntropy(int classes, float[] weights, double clip) implements OutputLoss {

    @Override
    public void probabilities(float[] values, int size) {
        for (int i = 0; i < size * classes; i++) {
            values[i] = (float) sigmoid(values[i]);
        }
    }

    @Override
    public double lossAndGradient(float[] values, int[] labels, int size) {
        double loss = 0;
        for (int i = 0; i < size * classes; i++) {
            boolean isClass = labels[i / classes] == i % classes;
            double weight = weights == null ? 1 : weights[i % classes];
            double probability = sigmoid(values[i]);
            double clipped = Math.max(clip, Math.min(1 - clip, probability));
            loss -= weight * Math.log(isClass ? clipped : 1 - clipped);
            double byProbability = (clipped - (isClass ? 1 : 0)) / (clipped * (1 - clipped));
            values[i] = (float) (weight * byProbability * probability * (1 - probability));
        }
        return loss;
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
