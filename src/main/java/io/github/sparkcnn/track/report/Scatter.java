package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.empty;
import static io.github.sparkcnn.track.report.Markup.number;
import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Points over the values of a key as inline SVG, numbers on an axis, by their logarithm where they span two powers of ten, and words
 * side by side; the exact values of a point are its tool tip.
 */
final class Scatter {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 230;
    private static final int LEFT = 52;
    private static final int RIGHT = 24;
    private static final int TOP = 12;
    private static final int BOTTOM = 30;
    private static final int TICKS = 5;
    private static final double SPAN_OF_LOG = 100;
    /** Letters of a word that stand under an axis. */
    private static final int LONGEST_WORD = 12;

    private final String key;
    private final List<SearchPage.Value> values;
    private final List<String> words;
    private final boolean isLog;
    private final Axis x;
    private final Axis y;

    private Scatter(String key, List<SearchPage.Value> values) {
        this.key = key;
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
        this.x = numbers
                ? Axis.around(scaled(given.getMin()), scaled(given.getMax()), TICKS, LEFT + RIGHT, WIDTH - RIGHT)
                : new Axis(-0.5, words.size() - 0.5, 1, LEFT, WIDTH - RIGHT);
        DoubleSummaryStatistics results =
                values.stream().mapToDouble(SearchPage.Value::result).summaryStatistics();
        this.y = Axis.around(results.getMin(), results.getMax(), TICKS, HEIGHT - BOTTOM, TOP);
    }

    /** A figure, or nothing where there is nothing to compare. */
    static String of(String key, List<SearchPage.Value> values) {
        boolean differ = values.stream().map(SearchPage.Value::value).distinct().count() > 1;
        return differ ? new Scatter(key, values).figure() : "";
    }

    private String figure() {
        String svg = tag(
                "svg",
                number("viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\"", WIDTH, HEIGHT, text(spoken())),
                grid()
                        + tag(
                                "g",
                                "class=\"curve one\"",
                                values.stream().map(this::dot).collect(Collectors.joining())));
        return tag("figure", tag("figcaption", tag("b", text(key))) + svg);
    }

    private String spoken() {
        return key + ", " + values.size() + " trials. All figures are in the table of trials.";
    }

    private String grid() {
        String rows = y.ticks()
                .mapToObj(tick -> empty(
                                "line",
                                number(
                                        "class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"",
                                        LEFT, WIDTH - RIGHT, y.position(tick), y.position(tick)))
                        + label("end", LEFT - 8, y.position(tick) + 4, y.label(tick)))
                .collect(Collectors.joining());
        return rows
                + x.ticks()
                        .mapToObj(tick -> label("middle", x.position(tick), HEIGHT - 10, under(tick)))
                        .collect(Collectors.joining());
    }

    private String under(double tick) {
        if (!words.isEmpty()) {
            String word = words.get((int) Math.round(tick));
            return word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD - 1) + "…" : word;
        }
        return isLog ? number("%.1e", Math.pow(10, tick)) : x.label(tick);
    }

    private static String label(String anchor, double x, double y, String label) {
        return tag("text", number("text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\"", anchor, x, y), text(label));
    }

    private String dot(SearchPage.Value value) {
        return tag(
                "circle",
                number(
                        "cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"",
                        x.position(place(value.value())), y.position(value.result())),
                tag("title", text(number("%s, %s: %.6g", value.trial(), value.value(), value.result()))));
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
