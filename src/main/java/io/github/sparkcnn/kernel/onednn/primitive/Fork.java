package io.github.sparkcnn.kernel.onednn.primitive;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** One tensor read by several operations: they share its value, each has a gradient of its own, and the gradients add up. */
final class Fork extends Operation {

    Fork(OneDnn dnn) {
        super(dnn);
    }

    List<Tensor> build(Tensor input, int readers) {
        List<Tensor> copies = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            memory gradient = input.needsGradient() ? dnn.allocate(input.data().get_desc()) : null;
            copies.add(new Tensor(input.dims(), input.data(), gradient, true));
        }
        if (input.needsGradient()) {
            backward(Addition.sum(dnn, copies.get(0).gradient(), copies.get(1).gradient(), input.gradient(), false));
            for (Tensor copy : copies.subList(2, readers)) {
                backward(Addition.sum(dnn, input.gradient(), copy.gradient(), input.gradient(), false));
            }
        }
        return copies;
    }
}
