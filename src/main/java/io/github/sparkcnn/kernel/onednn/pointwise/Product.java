package io.github.sparkcnn.kernel.onednn.pointwise;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.UnsupportedShape;
import org.bytedeco.dnnl.memory;

/** The product, number by number, of two tensors of one shape. */
public final class Product extends Operation {

    public Product(OneDnn dnn) {
        super(dnn);
    }

    public Tensor build(Tensor left, Tensor right) {
        UnsupportedShape.requireSame(left.dims(), right.dims());
        memory.desc layout = left.data().get_desc();
        memory other = inLayout(right.data(), layout, this::forward);
        Tensor output = Tensor.like(dnn, left.dims(), layout, left.needsGradient() || right.needsGradient());
        forward(Pairwise.product(dnn, left.data(), other, output.data()));
        if (right.needsGradient()) {
            memory gradient = dnn.allocate(layout);
            backward(Pairwise.product(dnn, output.gradient(), left.data(), gradient));
            backward(dnn.reorder(gradient, right.gradient(), 1));
        }
        if (left.needsGradient()) {
            backward(Pairwise.product(dnn, output.gradient(), other, left.gradient()));
        }
        return output;
    }
}
