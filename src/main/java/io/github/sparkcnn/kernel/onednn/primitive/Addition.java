package io.github.sparkcnn.kernel.onednn.primitive;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** The sum of two tensors of one shape, the join of a residual block, and, where asked, ReLU in the same pass. */
final class Addition extends Operation {

    Addition(OneDnn dnn) {
        super(dnn);
    }

    Tensor build(Tensor left, Tensor right, boolean relu) {
        memory.desc layout = left.data().get_desc();
        memory other = inLayout(right.data(), layout, this::forward);
        boolean withGradient = left.needsGradient() || right.needsGradient();
        // The gradient of a sum is that of its terms: one of them is the same memory, the other a copy.
        memory gradient = left.needsGradient() || !withGradient ? left.gradient() : dnn.allocate(layout);
        Tensor output = new Tensor(left.dims(), dnn.allocate(layout), gradient);
        forward(sum(dnn, left.data(), other, output.data(), relu));
        if (relu && withGradient) {
            Relu.backwardInPlace(this, output);
        }
        if (right.needsGradient()) {
            backward(dnn.reorder(gradient, right.gradient(), 1));
        }
        return output;
    }

    static Runnable sum(OneDnn dnn, memory left, memory right, memory into, boolean relu) {
        binary.primitive_desc description = new binary.primitive_desc(
                dnn.engine(),
                dnnl.algorithm.binary_add,
                left.get_desc(),
                right.get_desc(),
                into.get_desc(),
                Relu.attributes(relu),
                false);
        return dnn.bind(
                new binary(description),
                description,
                dnnl.DNNL_ARG_SRC_0,
                left,
                dnnl.DNNL_ARG_SRC_1,
                right,
                dnnl.DNNL_ARG_DST,
                into);
    }
}
