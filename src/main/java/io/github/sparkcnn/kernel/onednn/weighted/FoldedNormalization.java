package io.github.sparkcnn.kernel.onednn.weighted;

import io.github.sparkcnn.kernel.onednn.primitive.FlatSlice;
import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A normalisation by running statistics as part of the convolution before it: w · x + b, normalised, is f · w · x + (b − mean) · f +
 * shift with f = scale / √(variance + ε), channel by channel. Computed anew before every pass, from the parameters as they are.
 */
final class FoldedNormalization implements Runnable {
    private final NormalizationWeights weights;
    private final FlatSlice bias;
    private final memory factors;
    private final memory shifts;
    private final FloatPointer factor;
    private final FloatPointer shift;

    /** @param bias the convolution's own; null for none */
    FoldedNormalization(OneDnn dnn, NormalizationWeights weights, FlatSlice bias) {
        this.weights = weights;
        this.bias = bias;
        memory.desc perChannel = OneDnn.plain(new long[] {weights.channels()});
        factors = dnn.allocate(perChannel);
        shifts = dnn.allocate(perChannel);
        factor = dnn.floats(factors);
        shift = dnn.floats(shifts);
    }

    /** f, to multiply each output's weights by. */
    memory factors() {
        return factors;
    }

    /** The bias in place of the convolution's own. */
    memory shifts() {
        return shifts;
    }

    @Override
    public void run() {
        for (int i = 0; i < weights.channels(); i++) {
            double variance = weights.variance(i);
            double f = weights.scale().values().get(i) / Math.sqrt(variance + weights.epsilon());
            double b = bias == null ? 0 : bias.values().get(i);
            factor.put(i, (float) f);
            shift.put(i, (float) ((b - weights.mean().values().get(i)) * f
                    + weights.shift().values().get(i)));
        }
    }
}
