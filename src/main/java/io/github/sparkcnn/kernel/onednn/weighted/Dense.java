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
            LinearGradients gradients = new LinearGradients(this, weights);
            if (weights.trainable()) {
                var byWeights = byWeights(output, description);
                gradients.byWeights(new inner_product_backward_weights(byWeights), byWeights, source, output);
            }
            if (input.needsGradient()) {
                var byInput = byInput(output, description);
                gradients.byInput(new inner_product_backward_data(byInput), byInput, blocked, input, output);
            }
        }
        return Activation.kept(output, activation);
    }

    private inner_product_forward.primitive_desc describe(
            Tensor input, long[] outputDims, ActivationFunction activation) {
        return new inner_product_forward.primitive_desc(
                dnn.engine(),
                training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference,
                OneDnn.plain(input.dims(), dnn.products()),
                weights.dense(dnn),
                weights.biasOrNone(),
                OneDnn.plain(outputDims, dnn.products()),
                Activation.attributes(activation),
                false);
    }

    private inner_product_backward_weights.primitive_desc byWeights(
            Tensor output, inner_product_forward.primitive_desc hint) {
        return new inner_product_backward_weights.primitive_desc(
                dnn.engine(),
                hint.src_desc(),
                weights.plain(),
                weights.biasOrNone(),
                output.gradient().get_desc(),
                hint,
                OneDnn.withScratch(),
                false);
    }

    private inner_product_backward_data.primitive_desc byInput(
            Tensor output, inner_product_forward.primitive_desc hint) {
        return new inner_product_backward_data.primitive_desc(
                dnn.engine(),
                hint.src_desc(),
                weights.dense(dnn),
                output.gradient().get_desc(),
                hint,
                OneDnn.withScratch(),
                false);
    }
}
