package io.github.sparkcnn.kernel.onednn;

import java.util.ArrayList;
import java.util.List;

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
    final org.bytedeco.dnnl.memory inLayout(
            org.bytedeco.dnnl.memory given,
            org.bytedeco.dnnl.memory.desc wanted,
            java.util.function.Consumer<Runnable> before) {
        if (given.get_desc().equals(wanted)) {
            return given;
        }
        org.bytedeco.dnnl.memory copy = dnn.allocate(wanted);
        before.accept(dnn.reorder(given, copy, 1));
        return copy;
    }
}
