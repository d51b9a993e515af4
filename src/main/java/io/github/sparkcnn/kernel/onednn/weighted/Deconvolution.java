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
        forward(dnn.bind(
                new deconvolution_forward(description),
                description,
                weights.withBias(
                        this,
                        dnnl.DNNL_ARG_SRC,
                        source,
                        dnnl.DNNL_ARG_WEIGHTS,
                        blocked,
                        dnnl.DNNL_ARG_DST,
                        output.data())));
        if (output.needsGradient() && weights.trainable()) {
            gradientByWeights(input, source, output, description);
        }
        if (input.needsGradient()) {
            gradientByInput(input, output, blocked, description);
        }
        return output;
    }

    private deconvolution_forward.primitive_desc describe(Tensor input, long[] outputDims) {
        memory.desc source = OneDnn.any(input.dims());
        memory.desc destination = OneDnn.any(outputDims);
        return weights.bias() == null
                ? new deconvolution_forward.primitive_desc(
                        dnn.engine(),
                        dnnl.prop_kind.forward_training,
                        DIRECT,
                        source,
                        weights.any(),
                        destination,
                        window.strides(),
                        window.dilation(),
                        window.padding(),
                        window.paddingEnd())
                : new deconvolution_forward.primitive_desc(
                        dnn.engine(),
                        dnnl.prop_kind.forward_training,
                        DIRECT,
                        source,
                        weights.any(),
                        weights.biasDescription(),
                        destination,
                        window.strides(),
                        window.dilation(),
                        window.padding(),
                        window.paddingEnd());
    }

    private void gradientByWeights(
            Tensor input, memory source, Tensor output, deconvolution_forward.primitive_desc hint) {
        memory.desc from = OneDnn.any(input.dims());
        memory.desc destination = OneDnn.any(output.dims());
        deconvolution_backward_weights.primitive_desc description = weights.bias() == null
                ? new deconvolution_backward_weights.primitive_desc(
                        dnn.engine(),
                        DIRECT,
                        from,
                        weights.any(),
                        destination,
                        window.strides(),
                        window.dilation(),
                        window.padding(),
                        window.paddingEnd(),
                        hint)
                : new deconvolution_backward_weights.primitive_desc(
                        dnn.engine(),
                        DIRECT,
                        from,
                        weights.any(),
                        weights.biasDescription(),
                        destination,
                        window.strides(),
                        window.dilation(),
                        window.padding(),
                        window.paddingEnd(),
                        hint);
        memory gradient = weights.gradient(this, description.diff_weights_desc());
        backward(dnn.bind(
                new deconvolution_backward_weights(description),
                description,
                weights.withBiasGradient(
                        this,
                        dnnl.DNNL_ARG_SRC,
                        inLayout(source, description.src_desc(), this::backward),
                        dnnl.DNNL_ARG_DIFF_DST,
                        inLayout(output.gradient(), description.diff_dst_desc(), this::backward),
                        dnnl.DNNL_ARG_DIFF_WEIGHTS,
                        gradient)));
        weights.writeGradient(this, gradient);
    }

    private void gradientByInput(
            Tensor input, Tensor output, memory blocked, deconvolution_forward.primitive_desc hint) {
        deconvolution_backward_data.primitive_desc description = new deconvolution_backward_data.primitive_desc(
                dnn.engine(),
                DIRECT,
                OneDnn.any(input.dims()),
                weights.any(),
                output.gradient().get_desc(),
                window.strides(),
                window.dilation(),
                window.padding(),
                window.paddingEnd(),
                hint);
        memory forBackward = description.weights_desc().equals(blocked.get_desc())
                ? blocked
                : weights.read(this, description.weights_desc(), true);
        boolean wantedLayout = input.gradient().get_desc().equals(description.diff_src_desc());
        memory gradient = wantedLayout ? input.gradient() : dnn.allocate(description.diff_src_desc());
        backward(dnn.bind(
                new deconvolution_backward_data(description),
                description,
                dnnl.DNNL_ARG_DIFF_DST,
                inLayout(output.gradient(), description.diff_dst_desc(), this::backward),
                dnnl.DNNL_ARG_WEIGHTS,
                forBackward,
                dnnl.DNNL_ARG_DIFF_SRC,
                gradient));
        if (!wantedLayout) {
            backward(dnn.reorder(gradient, input.gradient(), 1));
        }
    }
}
