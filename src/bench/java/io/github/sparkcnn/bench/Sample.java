package io.github.sparkcnn.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The same thing measured several times: median, smallest and largest. */
public final class Sample {

    private final List<Double> values = new ArrayList<>();

    public void add(double value) {
        values.add(value);
    }

    public double median() {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Smallest to largest. */
    public String range() {
        return range("%,.0f");
    }

    /** Smallest to largest, each in this format. */
    public String range(String format) {
        return String.format(
                Locale.ROOT,
                format + "–" + format,
                values.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                values.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
    }
}
