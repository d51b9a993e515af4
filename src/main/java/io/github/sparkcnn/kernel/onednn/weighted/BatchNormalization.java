package io.github.sparkcnn.kernel.onednn.weighted;

import io.github.sparkcnn.kernel.onednn.primitive.FlatSlice;
import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Batch normalisation over (n, height, width) of each channel, by the statistics of the minibatch in training and by the
 * running ones otherwise, and, where asked, ReLU in the same pass.
 */
public final class BatchNormalization extends Operation {
    private static final int AFFINE =
            dnnl.normalization_flags.use_scale.value | dnnl.normalization_flags.use_shift.value;

    private final NormalizationWeights weights;
    private final boolean byMinibatch;
    private final memory.desc perChannel;
    private final memory mean;
    private final memory variance;

    /** A frozen layer keeps to its running statistics even in training. */
    public BatchNormalization(OneDnn dnn, NormalizationWeights weights, boolean training) {
        super(dnn);
        this.weights = weights;
        byMinibatch = training && weights.trainable();
        perChannel = OneDnn.plain(new long[] {weights.channels()});
        mean = byMinibatch
                ? dnn.allocate(perChannel)
                : dnn.wrap(perChannel, weights.mean().values());
        variance = dnn.allocate(perChannel);
    }

    public Tensor build(Tensor input, boolean withGradient, boolean relu) {
        int flags = AFFINE
                | (byMinibatch ? 0 : dnnl.normalization_flags.use_global_stats.value)
                | (relu ? dnnl.normalization_flags.fuse_norm_relu.value : 0);
        int kind = (byMinibatch ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference).value;
        if (withGradient) {
            kind = dnnl.prop_kind.forward_training.value;
        }
        memory.desc layout = input.data().get_desc();
        batch_normalization_forward.primitive_desc description = new batch_normalization_forward.primitive_desc(
                dnn.engine(), kind, layout, layout, weights.epsilon(), flags, OneDnn.withScratch(), false);
        Tensor output = Tensor.like(dnn, input.dims(), description.dst_desc(), withGradient);
        if (!byMinibatch) {
            forward(variances());
        }
        // What ReLU let through.
        memory passed = relu && withGradient ? dnn.allocate(description.workspace_desc()) : null;
        forward(dnn.bind(
                new batch_normalization_forward(description),
                description,
                OneDnn.withWorkspace(
                        passed,
                        dnnl.DNNL_ARG_SRC,
                        input.data(),
                        dnnl.DNNL_ARG_DST,
                        output.data(),
                        dnnl.DNNL_ARG_SCALE,
                        dnn.wrap(perChannel, weights.scale().values()),
                        dnnl.DNNL_ARG_SHIFT,
                        dnn.wrap(perChannel, weights.shift().values()),
                        dnnl.DNNL_ARG_MEAN,
                        mean,
                        dnnl.DNNL_ARG_VARIANCE,
                        variance)));
        if (withGradient) {
            gradient(input, output, passed, description, flags);
        }
        return output;
    }

    private void gradient(
            Tensor input, Tensor output, memory passed, batch_normalization_forward.primitive_desc hint, int flags) {
        memory.desc layout = input.data().get_desc();
        batch_normalization_backward.primitive_desc description = new batch_normalization_backward.primitive_desc(
                dnn.engine(),
                dnnl.prop_kind.backward.value,
                layout,
                layout,
                layout,
                weights.epsilon(),
                flags,
                hint,
                OneDnn.withScratch(),
                false);
        memory inputGradient = input.needsGradient() ? input.gradient() : dnn.allocate(layout);
        backward(dnn.bind(
                new batch_normalization_backward(description),
                description,
                OneDnn.withWorkspace(
                        passed,
                        dnnl.DNNL_ARG_SRC,
                        input.data(),
                        dnnl.DNNL_ARG_MEAN,
                        mean,
                        dnnl.DNNL_ARG_VARIANCE,
                        variance,
                        dnnl.DNNL_ARG_SCALE,
                        dnn.wrap(perChannel, weights.scale().values()),
                        dnnl.DNNL_ARG_DIFF_DST,
                        output.gradient(),
                        dnnl.DNNL_ARG_DIFF_SRC,
                        inputGradient,
                        dnnl.DNNL_ARG_DIFF_SCALE,
                        gradientOf(weights.scale()),
                        dnnl.DNNL_ARG_DIFF_SHIFT,
                        gradientOf(weights.shift()))));
        if (byMinibatch) {
            backward(new RunningStatistics(weights, dnn.floats(mean), dnn.floats(variance)));
        }
    }

    /** Fills the variances from the running statistics, which are kept as log10 of the deviation. */
    private Runnable variances() {
        FloatPointer values = dnn.floats(variance);
        return () -> {
            for (int i = 0; i < weights.channels(); i++) {
                values.put(i, (float) weights.variance(i));
            }
        };
    }

    private memory gradientOf(FlatSlice slice) {
        return slice.trainable() ? dnn.wrap(perChannel, slice.gradient()) : dnn.allocate(perChannel);
    }

    /**
     * Writes what the update has to subtract from the running statistics, after Deeplearning4j's {@code BatchNormalization}:
     * (1 − decay)(mean − minibatch mean), and log10 of the ratio of old to new deviation.
     */
    private record RunningStatistics(NormalizationWeights weights, FloatPointer mean, FloatPointer variance)
            implements Runnable {

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
}
