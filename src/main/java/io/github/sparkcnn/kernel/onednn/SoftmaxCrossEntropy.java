package io.github.sparkcnn.kernel.onednn;

/**
 * The cross-entropy of the softmax.
 *
 * @param classWeights of the network's own, {@code [classes]}; null for none
 */
@SuppressWarnings("ArrayRecordComponent")
record SoftmaxCrossEntropy(int classes, float[] classWeights) implements OutputLoss {

    @Override
    public void probabilities(float[] values, int size) {
        for (int row = 0; row < size; row++) {
            softmaxRow(values, row * classes);
        }
    }

    @Override
    public double lossAndGradient(float[] values, int[] labels, int size) {
        double loss = 0;
        for (int row = 0; row < size; row++) {
            loss += lossAndGradient(values, row * classes, labels[row], 1);
        }
        return loss;
    }

    @Override
    public double lossAndGradient(float[] values, int[] labels, float[] weights, int size) {
        double loss = 0;
        for (int row = 0; row < size; row++) {
            loss += lossAndGradient(values, row * classes, labels[row], weights[labels[row]]);
        }
        return loss;
    }

    private double lossAndGradient(float[] values, int start, int label, float further) {
        float logit = values[start + label];
        double logSum = softmaxRow(values, start);
        float weight = classWeights == null ? further : further * classWeights[label];
        values[start + label] -= 1;
        for (int i = start; weight != 1 && i < start + classes; i++) {
            values[i] *= weight;
        }
        return weight * (logSum - logit);
    }

    /** Returns log Σ exp(logit), computed around the largest logit so that nothing overflows. */
    private double softmaxRow(float[] values, int start) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = start; i < start + classes; i++) {
            largest = Math.max(largest, values[i]);
        }
        double sum = 0;
        for (int i = start; i < start + classes; i++) {
            double power = Math.exp(values[i] - largest);
            values[i] = (float) power;
            sum += power;
        }
        for (int i = start; i < start + classes; i++) {
            values[i] = (float) (values[i] / sum);
        }
        return largest + Math.log(sum);
    }
}
