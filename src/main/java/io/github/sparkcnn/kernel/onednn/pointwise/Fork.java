package io.github.sparkcnn.kernel.onednn.pointwise;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** One tensor read by several operations: they share its value, each has a gradient of its own, and the gradients add up. */
public final class Fork extends Operation {

    public Fork(OneDnn dnn) {
        super(dnn);
    }

    public List<Tensor> build(Tensor input, int readers) {
        List<Tensor> copies = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            memory gradient = input.needsGradient() ? dnn.allocate(input.data().get_desc()) : null;
            copies.add(new Tensor(input.dims(), input.data(), gradient, Tensor.Kept.VALUE));
        }
        if (input.needsGradient()) {
            backward(Pairwise.sum(dnn, copies.get(0).gradient(), copies.get(1).gradient(), input.gradient(), null));
            for (Tensor copy : copies.subList(2, readers)) {
                backward(Pairwise.sum(dnn, input.gradient(), copy.gradient(), input.gradient(), null));
            }
        }
        return copies;
    }
}
