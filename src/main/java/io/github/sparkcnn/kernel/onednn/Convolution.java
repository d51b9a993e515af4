package io.github.sparkcnn.kernel.onednn;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;

/** 2-D convolution with bias and, where asked, ReLU in the same pass. */
final class Convolution extends Operation {
    private static final dnnl.algorithm DIRECT = dnnl.algorithm.convolution_direct;

    private final Window window;
    private final LinearWeights weights;
    private final boolean training;

    Convolution(OneDnn dnn, Window window, LinearWeights weights, boolean training) {
        super(dnn);
        this.window = window;
        this.weights = weights;
        this.training = training;
    }

    Tensor build(Tensor input, long[] outputDims, boolean relu) {
        convolution_forward.primitive_desc description = describe(input, outputDims, relu);
        memory source = inLayout(input.data(), description.src_desc(), this::forward);
        Tensor output = Tensors.like(
                dnn, outputDims, description.dst_desc(), training && (input.needsGradient() || weights.trainable()));
        memory blocked = weights.read(this, description.weights_desc(), false);
        Object[] arguments = weights.withBias(
                this, dnnl.DNNL_ARG_SRC, source, dnnl.DNNL_ARG_WEIGHTS, blocked, dnnl.DNNL_ARG_DST, output.data());
        forward(dnn.bind(new convolution_forward(description), description, arguments));
        if (output.needsGradient()) {
            if (relu) {
                Activation.backwardInPlace(this, output);
            }
            if (weights.trainable()) {
                gradientByWeights(input, source, output, description);
            }
            if (input.needsGradient()) {
                gradientByInput(input, output, blocked, description);
            }
        }
        return output;
    }

    private convolution_forward.primitive_desc describe(Tensor input, long[] outputDims, boolean relu) {
        dnnl.prop_kind kind = training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference;
        primitive_attr attributes = Activation.attributes(relu);
        memory.desc source = OneDnn.any(input.dims());
        memory.desc destination = OneDnn.any(outputDims);
        if (weights.bias() == null) {
            return new convolution_forward.primitive_desc(
                    dnn.engine(),
                    kind,
                    DIRECT,
                    source,
                    weights.any(),
                    destination,
                    window.strides(),
                    window.padding(),
                    window.paddingEnd(),
                    attributes,
                    false);
        }
        return new convolution_forward.primitive_desc(
                dnn.engine(),
                kind,
                DIRECT,
                source,
                weights.any(),
                weights.biasDescription(),
                destination,
                window.strides(),
                window.padding(),
                window.paddingEnd(),
                attributes,
                false);
    }

    private void gradientByWeights(
            Tensor input, memory source, Tensor output, convolution_forward.primitive_desc hint) {
        memory.desc destination = OneDnn.any(output.dims());
        convolution_backward_weights.primitive_desc description = weights.bias() == null
                ? new convolution_backward_weights.primitive_desc(
                        dnn.engine(),
                        DIRECT,
                        OneDnn.any(input.dims()),
                        weights.any(),
                        destination,
                        window.strides(),
                        window.padding(),
                        window.paddingEnd(),
                        hint)
                : new convolution_backward_weights.primitive_desc(
                        dnn.engine(),
                        DIRECT,
                        OneDnn.any(input.dims()),
                        weights.any(),
                        weights.biasDescription(),
                        destination,
                        window.strides(),
                        window.padding(),
                        window.paddingEnd(),
                        hint);
        memory gradient = weights.gradient(this, description.diff_weights_desc());
        Object[] arguments = weights.withBiasGradient(
                this,
                dnnl.DNNL_ARG_SRC,
                inLayout(source, description.src_desc(), this::backward),
                dnnl.DNNL_ARG_DIFF_DST,
                inLayout(output.gradient(), description.diff_dst_desc(), this::backward),
                dnnl.DNNL_ARG_DIFF_WEIGHTS,
                gradient);
        backward(dnn.bind(new convolution_backward_weights(description), description, arguments));
        weights.writeGradient(this, gradient);
    }

    private void gradientByInput(Tensor input, Tensor output, memory blocked, convolution_forward.primitive_desc hint) {
        convolution_backward_data.primitive_desc description = new convolution_backward_data.primitive_desc(
                dnn.engine(),
                DIRECT,
                OneDnn.any(input.dims()),
                weights.any(),
                output.gradient().get_desc(),
                window.strides(),
                window.padding(),
                window.paddingEnd(),
                hint);
        memory forBackward = description.weights_desc().equals(blocked.get_desc())
                ? blocked
                : weights.read(this, description.weights_desc(), true);
        boolean wantedLayout = input.gradient().get_desc().equals(description.diff_src_desc());
        memory gradient = wantedLayout ? input.gradient() : dnn.allocate(description.diff_src_desc());
        backward(dnn.bind(
                new convolution_backward_data(description),
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
