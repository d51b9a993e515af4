package io.github.sparkcnn.kernel.onednn.primitive;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Writes what the update has to subtract from the running statistics, after Deeplearning4j's {@code BatchNormalization}:
 * (1 − decay)(mean − minibatch mean), and log10 of the ratio of old to new deviation.
 */
record RunningStatistics(NormalizationWeights weights, FloatPointer mean, FloatPointer variance) implements Runnable {

    @Override
    public void run() {
        double decay = weights.decay();
        for (int i = 0; i < weights.channels(); i++) {
            float oldMean = weights.mean().values().get(i);
            weights.mean().gradient().put(i, (float) ((1 - decay) * (oldMean - mean.get(i))));
            double oldVariance = weights.variance(i);
            double newVariance = decay * oldVariance + (1 - decay) * variance.get(i);
            weights.logDeviation().gradient().put(i, (float) (0.5 * Math.log10(oldVariance / newVariance)));
        }
    }
}
