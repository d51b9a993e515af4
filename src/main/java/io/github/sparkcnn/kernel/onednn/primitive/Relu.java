package io.github.sparkcnn.kernel.onednn.primitive;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/** ReLU in place: its gradient needs only its output, so nothing is copied. */
final class Relu extends Operation {
    private static final dnnl.algorithm RELU = dnnl.algorithm.eltwise_relu_use_dst_for_bwd;

    Relu(OneDnn dnn) {
        super(dnn);
    }

    /** Attributes of a primitive that applies ReLU to what it writes. */
    static primitive_attr attributes(boolean relu) {
        return attributes(new post_ops(), relu);
    }

    /** Attributes of a primitive that applies ReLU to what it writes, after other operations. */
    static primitive_attr attributes(post_ops operations, boolean relu) {
        if (relu) {
            operations.append_eltwise(dnnl.algorithm.eltwise_relu, 0, 0);
        }
        primitive_attr attributes = new primitive_attr();
        attributes.set_post_ops(operations);
        return attributes;
    }

    Tensor build(Tensor input) {
        Tensor tensor = owned(input);
        eltwise_forward.primitive_desc description = forwardDescription(this, tensor);
        forward(dnn.bind(
                new eltwise_forward(description),
                description,
                dnnl.DNNL_ARG_SRC,
                tensor.data(),
                dnnl.DNNL_ARG_DST,
                tensor.data()));
        if (tensor.needsGradient()) {
            backwardInPlace(this, tensor);
        }
        return tensor;
    }

    /** Appends to the operation: the tensor's gradient becomes zero wherever the tensor is. */
    static void backwardInPlace(Operation operation, Tensor tensor) {
        memory.desc layout = tensor.data().get_desc();
        eltwise_backward.primitive_desc description = new eltwise_backward.primitive_desc(
                operation.dnn.engine(), RELU, layout, layout, layout, 0, forwardDescription(operation, tensor));
        operation.backward(operation.dnn.bind(
                new eltwise_backward(description),
                description,
                dnnl.DNNL_ARG_DST,
                tensor.data(),
                dnnl.DNNL_ARG_DIFF_DST,
                tensor.gradient(),
                dnnl.DNNL_ARG_DIFF_SRC,
                tensor.gradient()));
    }

    private static eltwise_forward.primitive_desc forwardDescription(Operation operation, Tensor tensor) {
        memory.desc layout = tensor.data().get_desc();
        return new eltwise_forward.primitive_desc(
                operation.dnn.engine(), dnnl.prop_kind.forward_training, RELU, layout, layout, 0);
    }
}
