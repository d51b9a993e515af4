package io.github.sparkcnn.kernel.onednn.weighted;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.Window;
import org.bytedeco.dnnl.deconvolution_backward_data;
import org.bytedeco.dnnl.deconvolution_backward_weights;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** 2-D deconvolution, the transposed of a convolution, with bias. */
public final class Deconvolution extends Operation {
    private static final dnnl.algorithm DIRECT = dnnl.algorithm.deconvolution_direct;

    private final Window window;
    private final LinearWeights weights;
    private final boolean training;

    /** The transposed of the convolution that slides by the window. */
    public Deconvolution(OneDnn dnn, Window window, LinearWeights weights, boolean training) {
        super(dnn);
        this.window = window;
        this.weights = weights;
        this.training = training;
    }

    public Tensor build(Tensor input, long[] outputDims) {
        deconvolution_forward.primitive_desc description = describe(input, outputDims);
        memory source = inLayout(input.data(), description.src_desc(), this::forward);
        Tensor output = Tensor.like(
                dnn, outputDims, description.dst_desc(), training && (input.needsGradient() || weights.trainable()));
        memory blocked = weights.read(this, description.weights_desc(), false);
        Object[] arguments = weights.withBias(
                this, dnnl.DNNL_ARG_SRC, source, dnnl.DNNL_ARG_WEIGHTS, blocked, dnnl.DNNL_ARG_DST, output.data());
        forward(dnn.bind(new deconvolution_forward(description), description, arguments));
        LinearGradients gradients = new LinearGradients(this, weights);
        if (output.needsGradient() && weights.trainable()) {
            var byWeights = byWeights(input, output, description);
            gradients.byWeights(new deconvolution_backward_weights(byWeights), byWeights, source, output);
        }
        if (input.needsGradient()) {
            var byInput = byInput(input, output, description);
            gradients.byInput(new deconvolution_backward_data(byInput), byInput, blocked, input, output);
        }
        return output;
    }

    private deconvolution_forward.primitive_desc describe(Tensor input, long[] outputDims) {
        return new deconvolution_forward.primitive_desc(
                dnn.engine(),
                dnnl.prop_kind.forward_training,
                DIRECT,
                dnn.any(input.dims()),
                weights.any(dnn),
                weights.biasOrNone(),
                dnn.any(outputDims),
                window.strides(),
                window.dilation(),
                window.padding(),
                window.paddingEnd(),
                OneDnn.withScratch(),
                false);
    }

    private deconvolution_backward_weights.primitive_desc byWeights(
            Tensor input, Tensor output, deconvolution_forward.primitive_desc hint) {
        return new deconvolution_backward_weights.primitive_desc(
                dnn.engine(),
                DIRECT,
                dnn.any(input.dims()),
                weights.anyGradient(),
                weights.biasOrNone(),
                dnn.any(output.dims()),
                window.strides(),
                window.dilation(),
                window.padding(),
                window.paddingEnd(),
                hint,
                OneDnn.withScratch(),
                false);
    }

    private deconvolution_backward_data.primitive_desc byInput(
            Tensor input, Tensor output, deconvolution_forward.primitive_desc hint) {
        return new deconvolution_backward_data.primitive_desc(
                dnn.engine(),
                DIRECT,
                dnn.any(input.dims()),
                weights.any(dnn),
                output.gradient().get_desc(),
                window.strides(),
                window.dilation(),
                window.padding(),
                window.paddingEnd(),
                hint,
                OneDnn.withScratch(),
                false);
    }
}
