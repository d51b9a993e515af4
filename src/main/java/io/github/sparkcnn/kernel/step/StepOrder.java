package io.github.sparkcnn.kernel.step;

import io.github.sparkcnn.kernel.step.Step.MaxPool;
import io.github.sparkcnn.kernel.step.Step.Relu;
import java.util.ArrayList;
import java.util.List;

/** Reorders steps where the function stays the same. */
final class StepOrder {

    private StepOrder() {}

    /** max(relu(x)) = relu(max(x)): a ReLU before a max-pooling moves behind it, where there is a quarter of the data. */
    static List<Step> reluAfterPooling(List<Step> steps) {
        List<Step> ordered = new ArrayList<>(steps);
        for (int i = 0; i + 1 < ordered.size(); i++) {
            if (ordered.get(i) instanceof Relu relu
                    && ordered.get(i + 1) instanceof MaxPool pool
                    && pool.input() == relu.to()
                    && readers(steps, relu.to()) == 1) {
                ordered.set(i, new MaxPool(relu.input(), relu.to(), pool.sliding()));
                ordered.set(i + 1, new Relu(relu.to(), pool.to()));
            }
        }
        return List.copyOf(ordered);
    }

    /** How often a value is read. */
    static int readers(List<Step> steps, int value) {
        int readers = 0;
        for (Step step : steps) {
            for (int from : step.from()) {
                readers += from == value ? 1 : 0;
            }
        }
        return readers;
    }
}
