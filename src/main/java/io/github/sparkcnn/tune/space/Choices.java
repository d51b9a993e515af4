package io.github.sparkcnn.tune.space;

import io.github.sparkcnn.random.RandomStream;
import java.util.List;
import java.util.OptionalLong;

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
    public OptionalLong count() {
        return OptionalLong.of(values.stream().distinct().count());
    }

    @Override
    public String at(long place) {
        return values.stream().distinct().skip(place).findFirst().orElseThrow();
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
