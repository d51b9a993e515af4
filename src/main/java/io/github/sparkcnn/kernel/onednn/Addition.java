package io.github.sparkcnn.kernel.onednn;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** The sum of two tensors of one shape; the join of a residual block. */
final class Addition extends Operation {

    Addition(OneDnn dnn) {
        super(dnn);
    }

    Tensor build(Tensor left, Tensor right) {
        memory.desc layout = left.data().get_desc();
        memory other = inLayout(right.data(), layout, this::forward);
        Tensor output = Tensors.like(dnn, left.dims(), layout, left.needsGradient() || right.needsGradient());
        forward(sum(left.data(), other, output.data()));
        for (Tensor input : new Tensor[] {left, right}) {
            if (input.needsGradient()) {
                backward(dnn.reorder(output.gradient(), input.gradient(), 1));
            }
        }
        return output;
    }

    private Runnable sum(memory left, memory right, memory into) {
        return sum(dnn, left, right, into);
    }

    static Runnable sum(OneDnn dnn, memory left, memory right, memory into) {
        binary.primitive_desc description = new binary.primitive_desc(
                dnn.engine(), dnnl.algorithm.binary_add, left.get_desc(), right.get_desc(), into.get_desc());
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
