package io.github.sparkcnn.kernel.onednn.primitive;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** Puts a {@link Plan} together, operation by operation, from the input to the logits. */
public final class PlanBuilder {
    private final OneDnn dnn;
    private final boolean training;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Draw> draws = new ArrayList<>();
    private Tensor input;

    PlanBuilder(OneDnn dnn, boolean training) {
        this.dnn = dnn;
        this.training = training;
    }

    /** What primitives are made by. */
    public OneDnn dnn() {
        return dnn;
    }

    /** Whether gradients are wanted and dropout and minibatch statistics apply. */
    public boolean training() {
        return training;
    }

    /** The images, row-major. */
    public Tensor input(boolean withGradient, long... dims) {
        input = Tensor.like(dnn, dims, OneDnn.plain(dims), withGradient);
        return input;
    }

    /** Adds an operation behind those that are there. */
    public <O extends Operation> O add(O operation) {
        operations.add(operation);
        return operation;
    }

    /** Adds something that is drawn before every pass, from a stream of its own. */
    public void addDraw(Draw draw) {
        draws.add(draw);
    }

    Plan finish(Tensor result) {
        Operation last = add(new Operation(dnn) {});
        long classes = result.size() / result.dims()[0];
        memory.desc plain = OneDnn.plain(result.dims());
        memory logits = last.inLayout(result.data(), plain, last::forward);
        memory gradient = null;
        if (result.needsGradient()) {
            boolean isPlain = result.gradient().get_desc().equals(plain);
            gradient = isPlain ? result.gradient() : dnn.allocate(plain);
            if (!isPlain) {
                last.backward(dnn.reorder(gradient, result.gradient(), 1));
            }
        }
        return new Plan(dnn, operations, draws, input, logits, gradient, Math.toIntExact(classes));
    }
}
