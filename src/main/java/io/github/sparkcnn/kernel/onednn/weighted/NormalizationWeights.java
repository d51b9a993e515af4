package io.github.sparkcnn.kernel.onednn.weighted;

import io.github.sparkcnn.kernel.onednn.primitive.FlatSlice;

/**
 * The four parameters of a batch normalisation. The running statistics are parameters whose "gradient" is what the update
 * subtracts from them: Deeplearning4j's convention, which lets them be averaged like any other parameter.
 *
 * @param logDeviation log10 of the running standard deviation
 * @param decay weight of the old running statistics
 */
public record NormalizationWeights(
        FlatSlice scale,
        FlatSlice shift,
        FlatSlice mean,
        FlatSlice logDeviation,
        int channels,
        double decay,
        float epsilon) {

    /** The running variance of a channel as it is now. */
    double variance(int channel) {
        return Math.pow(10, 2.0 * logDeviation.values().get(channel));
    }

    /** Whether the layer is not frozen. */
    public boolean trainable() {
        return scale.trainable();
    }
}
