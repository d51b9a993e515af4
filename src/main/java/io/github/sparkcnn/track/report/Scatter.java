package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.number;
import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Points over the values of a key as inline SVG, numbers on an axis, by their logarithm where they span a power of ten, and words
 * side by side; the exact values of a point are its tool tip.
 */
final class Scatter {
    /** Groups without whose names people say what is in them. */
    private static final Set<String> OF_ALL = Set.of("data", "training", "network", "optimizer", "device");

    private static final int RIGHT = 24;
    private static final double RADIUS = 3.5;
    private static final double SPAN_OF_LOG = 10;
    private static final String LOG = ", by its logarithm";
    /** Letters of a word that stand under an axis. */
    private static final int LONGEST_WORD = 12;

    private final String key;
    private final String name;
    private final String measured;
    private final List<SearchPage.Value> values;
    private final List<String> words;
    private final boolean isLog;
    private final Plot plot;

    private Scatter(String key, String measured, List<SearchPage.Value> values) {
        this.key = key;
        this.name = words(key);
        this.measured = measured;
        this.values = values;
        boolean numbers = values.stream().allMatch(value -> isNumber(value.value()));
        this.words = numbers
                ? List.of()
                : values.stream()
                        .map(SearchPage.Value::value)
                        .distinct()
                        .sorted()
                        .toList();
        DoubleSummaryStatistics given = numbers
                ? values.stream()
                        .mapToDouble(value -> Double.parseDouble(value.value()))
                        .summaryStatistics()
                : IntStream.range(0, words.size()).asDoubleStream().summaryStatistics();
        this.isLog = numbers && given.getMin() > 0 && given.getMax() / given.getMin() >= SPAN_OF_LOG;
        Axis x = numbers
                ? Axis.around(
                        scaled(given.getMin()),
                        scaled(given.getMax()),
                        Plot.Y_TICKS,
                        Plot.LEFT + RIGHT,
                        Plot.WIDTH - RIGHT)
                : new Axis(-0.5, words.size() - 0.5, 1, Plot.LEFT, Plot.WIDTH - RIGHT);
        DoubleSummaryStatistics results =
                values.stream().mapToDouble(SearchPage.Value::result).summaryStatistics();
        this.plot = new Plot(x, Plot.upwards(results.getMin(), results.getMax()), RIGHT);
    }

    /**
     * A figure, or nothing where there is nothing to compare.
     *
     * @param measured what the results are
     */
    static String of(String key, String measured, List<SearchPage.Value> values) {
        boolean differ = values.stream().map(SearchPage.Value::value).distinct().count() > 1;
        return differ ? new Scatter(key, measured, values).figure() : "";
    }

    private String figure() {
        String dots = values.stream().map(this::dot).collect(Collectors.joining());
        return plot.figure(
                name.isEmpty() ? name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                tag("code", text(key)),
                new Plot.Titles(isLog ? name + LOG : name, measured),
                spoken(),
                this::under,
                tag("g", "class=\"curve one\"", dots));
    }

    /**
     * What people call a key: {@code training.optimizer.learning-rate} is the learning rate, {@code training.optimizer.name} the
     * optimizer and {@code training.early-stopping.patience} early stopping, patience.
     */
    static String words(String key) {
        List<String> parts = new ArrayList<>(List.of(key.split("\\.", -1)));
        if (parts.size() > 1 && parts.get(parts.size() - 1).equals("name")) {
            parts.remove(parts.size() - 1);
        }
        while (parts.size() > 1 && OF_ALL.contains(parts.get(0))) {
            parts.remove(0);
        }
        return String.join(", ", parts).replace('-', ' ');
    }

    private String spoken() {
        return measured + " by " + name + ", " + values.size() + " trials. All figures are in the table of trials.";
    }

    private String under(double tick) {
        if (!words.isEmpty()) {
            String word = words.get((int) Math.round(tick));
            return word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD - 1) + "…" : word;
        }
        return isLog ? rounded(Math.pow(10, tick)) : plot.x().label(tick);
    }

    /** Two digits, without an exponent where people would write none. */
    private static String rounded(double value) {
        return value >= 0.001 && value < 1e6
                ? new BigDecimal(value)
                        .round(new MathContext(2))
                        .stripTrailingZeros()
                        .toPlainString()
                : number("%.1e", value);
    }

    private String dot(SearchPage.Value value) {
        return plot.dot(
                place(value.value()),
                value.result(),
                RADIUS,
                number("%s, %s: %.6g", value.trial(), value.value(), value.result()));
    }

    private double place(String value) {
        return words.isEmpty() ? scaled(Double.parseDouble(value)) : words.indexOf(value);
    }

    private double scaled(double value) {
        return isLog ? Math.log10(value) : value;
    }

    private static boolean isNumber(String text) {
        return text.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    }
}
