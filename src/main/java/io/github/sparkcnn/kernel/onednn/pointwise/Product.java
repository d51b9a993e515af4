package io.github.sparkcnn.kernel.onednn.pointwise;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** The product, number by number, of two tensors of one shape. */
public final class Product extends Operation {

    public Product(OneDnn dnn) {
        super(dnn);
    }

    public Tensor build(Tensor left, Tensor right) {
        Addition.requireSameShape(left, right);
        memory.desc layout = left.data().get_desc();
        memory other = inLayout(right.data(), layout, this::forward);
        Tensor output = Tensor.like(dnn, left.dims(), layout, left.needsGradient() || right.needsGradient());
        forward(of(dnn, left.data(), other, output.data()));
        if (right.needsGradient()) {
            memory gradient = dnn.allocate(layout);
            backward(of(dnn, output.gradient(), left.data(), gradient));
            backward(dnn.reorder(gradient, right.gradient(), 1));
        }
        if (left.needsGradient()) {
            backward(of(dnn, output.gradient(), other, left.gradient()));
        }
        return output;
    }

    static Runnable of(OneDnn dnn, memory left, memory right, memory into) {
        binary.primitive_desc description = new binary.primitive_desc(
                dnn.engine(), dnnl.algorithm.binary_mul, left.get_desc(), right.get_desc(), into.get_desc());
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
