package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Slice;
import io.github.sparkcnn.kernel.step.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/** The steps read so far, which number the values; the images are value 0. */
final class Steps {
    private final List<Step> all = new ArrayList<>();
    private final Set<Integer> trained = new HashSet<>();

    /** Adds a step and returns the number of its value, which the step is made with. */
    int add(IntFunction<Step> step) {
        Step added = step.apply(all.size() + 1);
        all.add(added);
        if (added.slices().stream().anyMatch(Slice::trainable)
                || added.from().stream().anyMatch(trained::contains)) {
            trained.add(added.to());
        }
        return added.to();
    }

    /** Whether the value comes of parameters that are trained. */
    boolean isTrained(int value) {
        return trained.contains(value);
    }

    List<Step> all() {
        return List.copyOf(all);
    }
}
