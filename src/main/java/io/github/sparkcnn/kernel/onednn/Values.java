package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.kernel.onednn.pointwise.Fork;
import io.github.sparkcnn.kernel.onednn.primitive.PlanBuilder;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.step.Fusion;
import io.github.sparkcnn.kernel.step.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tensors of the numbered values, one for each reader that has not come yet. */
final class Values {
    private final PlanBuilder builder;
    private final Fusion fusion;
    private final Map<Integer, Deque<Tensor>> tensors = new HashMap<>();

    Values(PlanBuilder builder, Fusion fusion) {
        this.builder = builder;
        this.fusion = fusion;
    }

    void publish(int value, Tensor tensor) {
        int readers = fusion.readers(value);
        List<Tensor> copies =
                readers > 1 ? builder.add(new Fork(builder.dnn())).build(tensor, readers) : List.of(tensor);
        tensors.put(value, new ArrayDeque<>(copies));
    }

    /** Whether the value is there yet. */
    boolean has(int value) {
        return tensors.containsKey(value);
    }

    Tensor take(Step.Unary step) {
        return take(step.input());
    }

    Tensor take(int value) {
        return tensors.get(value).remove();
    }
}
