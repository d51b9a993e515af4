package io.github.sparkcnn.kernel;

import io.github.sparkcnn.kernel.Step.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reorders steps where the function stays the same. */
final class StepOrder {

    private StepOrder() {}

    /** max(relu(x)) = relu(max(x)): a ReLU before a max-pooling moves behind it, where there is a quarter of the data. */
    static List<Step> reluAfterPooling(List<Step> steps) {
        List<Step> ordered = new ArrayList<>(steps);
        for (int i = 0; i + 1 < ordered.size(); i++) {
            Step first = ordered.get(i);
            Step second = ordered.get(i + 1);
            if (first.is(Kind.RELU)
                    && second.is(Kind.MAX_POOL)
                    && second.from().contains(first.to())
                    && readers(steps, first.to()) == 1) {
                ordered.set(i, second.between(first.from().get(0), first.to()));
                ordered.set(i + 1, first.between(first.to(), second.to()));
            }
        }
        return List.copyOf(ordered);
    }

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
