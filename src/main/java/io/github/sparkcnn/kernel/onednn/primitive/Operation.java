package io.github.sparkcnn.kernel.onednn.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.dnnl.memory;

/** What one layer runs: steps with fixed arguments, forward and backward. Subclasses put them together. */
abstract class Operation {
    final OneDnn dnn;
    private final List<Runnable> forward = new ArrayList<>();
    private final List<Runnable> backward = new ArrayList<>();

    Operation(OneDnn dnn) {
        this.dnn = dnn;
    }

    final void forward(Runnable step) {
        forward.add(step);
    }

    final void backward(Runnable step) {
        backward.add(step);
    }

    final List<Runnable> forwardSteps() {
        return forward;
    }

    final List<Runnable> backwardSteps() {
        return backward;
    }

    /** Memory in the wanted layout: the one given, or a copy that {@code before} fills. */
    final memory inLayout(memory given, memory.desc wanted, Consumer<Runnable> before) {
        if (given.get_desc().equals(wanted)) {
            return given;
        }
        memory copy = dnn.allocate(wanted);
        before.accept(dnn.reorder(given, copy, 1));
        return copy;
    }

    /** The tensor, for an operation that works in place: with a copy of its value where others read that too. */
    final Tensor owned(Tensor tensor) {
        if (!tensor.shared()) {
            return tensor;
        }
        memory copy = dnn.allocate(tensor.data().get_desc());
        forward(dnn.reorder(tensor.data(), copy, 1));
        return new Tensor(tensor.dims(), copy, tensor.gradient());
    }
}
