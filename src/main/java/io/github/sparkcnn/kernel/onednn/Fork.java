package io.github.sparkcnn.kernel.onednn;

import java.util.ArrayList;
import java.util.List;

/** One tensor read by several operations: each gets its own copy of value and gradient, and the gradients add up. */
final class Fork extends Operation {

    Fork(OneDnn dnn) {
        super(dnn);
    }

    List<Tensor> build(Tensor input, int readers) {
        List<Tensor> copies = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            Tensor copy = Tensors.like(dnn, input.dims(), input.data().get_desc(), input.needsGradient());
            forward(dnn.reorder(input.data(), copy.data(), 1));
            copies.add(copy);
        }
        if (input.needsGradient()) {
            backward(Addition.sum(dnn, copies.get(0).gradient(), copies.get(1).gradient(), input.gradient()));
            for (Tensor copy : copies.subList(2, readers)) {
                backward(Addition.sum(dnn, input.gradient(), copy.gradient(), input.gradient()));
            }
        }
        return copies;
    }
}
