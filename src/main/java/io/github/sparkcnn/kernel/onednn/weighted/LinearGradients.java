package io.github.sparkcnn.kernel.onednn.weighted;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;

/**
 * The backward passes of a convolution, a deconvolution or a dense layer, which differ in their primitives alone: layouts as the
 * primitive wants them, the gradients by weights and bias written to the flat gradient.
 *
 * @param operation that the passes are appended to
 */
record LinearGradients(Operation operation, LinearWeights weights) {

    /** @param source the input in the layout of the forward pass */
    void byWeights(primitive backward, primitive_desc_base description, memory source, Tensor output) {
        memory flat = dnn().wrap(weights.plain(), weights.weights().gradient());
        memory.desc wanted = description.diff_weights_desc();
        boolean copied = weights.scale() != 1 || !flat.get_desc().equals(wanted);
        memory gradient = copied ? dnn().allocate(wanted) : flat;
        Object[] arguments = {
            dnnl.DNNL_ARG_SRC,
            operation.inLayout(source, description.src_desc(), operation::backward),
            dnnl.DNNL_ARG_DIFF_DST,
            operation.inLayout(output.gradient(), description.diff_dst_desc(), operation::backward),
            dnnl.DNNL_ARG_DIFF_WEIGHTS,
            gradient
        };
        operation.backward(dnn().bind(backward, description, withBias(arguments)));
        if (copied) {
            operation.backward(dnn().reorder(gradient, flat, weights.scale()));
        }
    }

    private Object[] withBias(Object[] arguments) {
        return weights.bias() == null
                ? arguments
                : OneDnn.with(
                        arguments,
                        dnnl.DNNL_ARG_DIFF_BIAS,
                        dnn().wrap(weights.perOutput(), weights.bias().gradient()));
    }

    /** @param read the weights as the forward pass has read them, for a primitive that wants them so too */
    void byInput(primitive backward, primitive_desc_base description, memory read, Tensor input, Tensor output) {
        memory blocked = description.weights_desc().equals(read.get_desc())
                ? read
                : weights.read(operation, description.weights_desc(), true);
        boolean wantedLayout = input.gradient().get_desc().equals(description.diff_src_desc());
        memory gradient = wantedLayout ? input.gradient() : dnn().allocate(description.diff_src_desc());
        operation.backward(dnn().bind(
                        backward,
                        description,
                        dnnl.DNNL_ARG_DIFF_DST,
                        operation.inLayout(output.gradient(), description.diff_dst_desc(), operation::backward),
                        dnnl.DNNL_ARG_WEIGHTS,
                        blocked,
                        dnnl.DNNL_ARG_DIFF_SRC,
                        gradient));
        if (!wantedLayout) {
            operation.backward(dnn().reorder(gradient, input.gradient(), 1));
        }
    }

    private OneDnn dnn() {
        return operation.dnn();
    }
}
