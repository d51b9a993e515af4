package io.github.sparkcnn.tune.space;

import io.github.sparkcnn.random.RandomStream;
import java.util.List;

/** One of several values, each as likely as the others. */
record Choices(List<String> values) implements Domain {

    Choices {
        values = List.copyOf(values);
    }

    @Override
    public String draw(RandomStream random) {
        return values.get(random.below(values.size()));
    }

    @Override
    public List<String> extremes() {
        return values;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
