package io.github.sparkcnn.kernel.step;

import io.github.sparkcnn.kernel.step.Step.Activation;
import io.github.sparkcnn.kernel.step.Step.MaxPool;
import java.util.ArrayList;
import java.util.List;

/** Reorders steps where the function stays the same. */
final class StepOrder {

    private StepOrder() {}

    /**
     * max(f(x)) = f(max(x)) where f never falls: an activation before a max-pooling moves behind it, where there is a quarter of the
     * data. From the last to the first, for an activation in two steps.
     */
    static List<Step> activationAfterPooling(List<Step> steps) {
        List<Step> ordered = new ArrayList<>(steps);
        for (int i = ordered.size() - 2; i >= 0; i--) {
            for (int at = i; at + 1 < ordered.size() && swaps(ordered, at); at++) {
                Activation activation = (Activation) ordered.get(at);
                MaxPool pool = (MaxPool) ordered.get(at + 1);
                ordered.set(at, new MaxPool(activation.input(), activation.to(), pool.sliding()));
                ordered.set(at + 1, new Activation(activation.to(), pool.to(), activation.function()));
            }
        }
        return List.copyOf(ordered);
    }

    private static boolean swaps(List<Step> steps, int index) {
        return steps.get(index) instanceof Activation activation
                && activation.function().isMonotone()
                && steps.get(index + 1) instanceof MaxPool pool
                && pool.input() == activation.to()
                && readers(steps, activation.to()) == 1;
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
