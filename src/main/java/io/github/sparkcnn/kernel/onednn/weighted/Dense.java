package io.github.sparkcnn.kernel.onednn.weighted;

import io.github.sparkcnn.kernel.onednn.pointwise.Activation;
import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.step.ActivationFunction;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;

/** A fully connected layer over rows. */
public final class Dense extends Operation {
    private final LinearWeights weights;
    private final boolean training;

    public Dense(OneDnn dnn, LinearWeights weights, boolean training) {
        super(dnn);
        this.weights = weights;
        this.training = training;
    }

    /** Multiplies rows by the weights, adds the bias and activates; null for no activation. */
    public Tensor build(Tensor input, ActivationFunction activation) {
        long[] outputDims = {input.dims()[0], weights.dims()[0]};
        inner_product_forward.primitive_desc description = describe(input, outputDims, activation);
        memory source = inLayout(input.data(), description.src_desc(), this::forward);
        Tensor output = Tensor.like(
                dnn, outputDims, description.dst_desc(), training && (input.needsGradient() || weights.trainable()));
        memory blocked = weights.read(this, description.weights_desc(), false);
        Object[] arguments = weights.withBias(
                this, dnnl.DNNL_ARG_SRC, source, dnnl.DNNL_ARG_WEIGHTS, blocked, dnnl.DNNL_ARG_DST, output.data());
        forward(dnn.bind(new inner_product_forward(description), description, arguments));
        if (output.needsGradient()) {
            Activation.backwardInPlace(this, output, activation);
            if (weights.trainable()) {
                gradientByWeights(input, source, output, description);
            }
            if (input.needsGradient()) {
                gradientByInput(input, output, blocked, description);
            }
        }
        return Activation.kept(output, activation);
    }

    private inner_product_forward.primitive_desc describe(
            Tensor input, long[] outputDims, ActivationFunction activation) {
        dnnl.prop_kind kind = training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference;
        primitive_attr attributes = Activation.attributes(activation);
        memory.desc source = input.data().get_desc();
        memory.desc destination = OneDnn.plain(outputDims);
        return weights.bias() == null
                ? new inner_product_forward.primitive_desc(
                        dnn.engine(), kind, source, weights.plain(), destination, attributes, false)
                : new inner_product_forward.primitive_desc(
                        dnn.engine(),
                        kind,
                        source,
                        weights.plain(),
                        weights.biasDescription(),
                        destination,
                        attributes,
                        false);
    }

    private void gradientByWeights(
            Tensor input, memory source, Tensor output, inner_product_forward.primitive_desc hint) {
        memory.desc destination = output.gradient().get_desc();
        memory.desc from = input.data().get_desc();
        inner_product_backward_weights.primitive_desc description = weights.bias() == null
                ? new inner_product_backward_weights.primitive_desc(
                        dnn.engine(), from, weights.plain(), destination, hint)
                : new inner_product_backward_weights.primitive_desc(
                        dnn.engine(), from, weights.plain(), weights.biasDescription(), destination, hint);
        memory gradient = weights.gradient(this, description.diff_weights_desc());
        Object[] arguments = weights.withBiasGradient(
                this,
                dnnl.DNNL_ARG_SRC,
                inLayout(source, description.src_desc(), this::backward),
                dnnl.DNNL_ARG_DIFF_DST,
                output.gradient(),
                dnnl.DNNL_ARG_DIFF_WEIGHTS,
                gradient);
        backward(dnn.bind(new inner_product_backward_weights(description), description, arguments));
        weights.writeGradient(this, gradient);
    }

    private void gradientByInput(
            Tensor input, Tensor output, memory blocked, inner_product_forward.primitive_desc hint) {
        inner_product_backward_data.primitive_desc description = new inner_product_backward_data.primitive_desc(
                dnn.engine(),
                input.gradient().get_desc(),
                weights.plain(),
                output.gradient().get_desc(),
                hint);
        memory forBackward = description.weights_desc().equals(blocked.get_desc())
                ? blocked
                : weights.read(this, description.weights_desc(), true);
        backward(dnn.bind(
                new inner_product_backward_data(description),
                description,
                dnnl.DNNL_ARG_DIFF_DST,
                output.gradient(),
                dnnl.DNNL_ARG_WEIGHTS,
                forBackward,
                dnnl.DNNL_ARG_DIFF_SRC,
                input.gradient()));
    }
}
