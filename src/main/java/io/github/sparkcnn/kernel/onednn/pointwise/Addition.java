package io.github.sparkcnn.kernel.onednn.pointwise;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.UnsupportedShape;
import io.github.sparkcnn.kernel.step.ActivationFunction;
import org.bytedeco.dnnl.memory;

/** The sum of two tensors of one shape, the join of a residual block, and, where asked, an activation in the same pass. */
public final class Addition extends Operation {

    public Addition(OneDnn dnn) {
        super(dnn);
    }

    /** Adds and activates; null for no activation. */
    public Tensor build(Tensor left, Tensor right, ActivationFunction activation) {
        UnsupportedShape.requireSame(left.dims(), right.dims());
        memory.desc layout = left.data().get_desc();
        memory other = inLayout(right.data(), layout, this::forward);
        boolean withGradient = left.needsGradient() || right.needsGradient();
        // The gradient of a sum is that of its terms: one of them is the same memory, the other a copy.
        memory gradient = left.needsGradient() || !withGradient ? left.gradient() : dnn.allocate(layout);
        Tensor output = new Tensor(left.dims(), dnn.allocate(layout), gradient);
        forward(Pairwise.sum(dnn, left.data(), other, output.data(), activation));
        if (withGradient) {
            Activation.backwardInPlace(this, output, activation);
        }
        if (right.needsGradient()) {
            backward(dnn.reorder(gradient, right.gradient(), 1));
        }
        return Activation.kept(output, activation);
    }
}
