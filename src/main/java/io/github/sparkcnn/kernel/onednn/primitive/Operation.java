package io.github.sparkcnn.kernel.onednn.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.dnnl.memory;

/** What one layer runs: steps with fixed arguments, forward and backward. Subclasses put them together. */
public abstract class Operation {
    protected final OneDnn dnn;
    private final List<Runnable> forward = new ArrayList<>();
    private final List<Runnable> backward = new ArrayList<>();

    protected Operation(OneDnn dnn) {
        this.dnn = dnn;
    }

    /** What the primitives are made by. */
    public final OneDnn dnn() {
        return dnn;
    }

    /** Appends to the forward pass. */
    public final void forward(Runnable step) {
        forward.add(step);
    }

    /** Appends to the backward pass, which runs the operations in reverse, each in this order. */
    public final void backward(Runnable step) {
        backward.add(step);
    }

    final List<Runnable> forwardSteps() {
        return forward;
    }

    final List<Runnable> backwardSteps() {
        return backward;
    }

    /** Memory in the wanted layout: the one given, or a copy that {@code before} fills. */
    public final memory inLayout(memory given, memory.desc wanted, Consumer<Runnable> before) {
        if (given.get_desc().equals(wanted)) {
            return given;
        }
        memory copy = dnn.allocate(wanted);
        before.accept(dnn.reorder(given, copy, 1));
        return copy;
    }

    /** The tensor, for an operation that writes over it: with a copy of its value where others need that too. */
    public final Tensor owned(Tensor tensor) {
        return tensor.kept() == Tensor.Kept.NOTHING ? tensor : copied(tensor);
    }

    /** The tensor, for an operation that zeroes and multiplies it: with a copy of its value where others need more than signs. */
    public final Tensor ownedButSigns(Tensor tensor) {
        return tensor.kept() == Tensor.Kept.VALUE ? copied(tensor) : tensor;
    }

    private Tensor copied(Tensor tensor) {
        memory copy = dnn.allocate(tensor.data().get_desc());
        forward(dnn.reorder(tensor.data(), copy, 1));
        return new Tensor(tensor.dims(), copy, tensor.gradient());
    }
}
