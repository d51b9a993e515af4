package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;

import io.github.sparkcnn.track.EpochMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A search over hyperparameters on one page: its trials, what each value came to, the curves of the best.
 *
 * @param note what the table is about
 * @param by what decides between trials, in words
 * @param head of the table
 * @param rows a trial each, the best first
 * @param curves the best first
 * @param failures why trials failed, by their names
 * @param values by key
 */
public record SearchPage(
        String title,
        String note,
        String by,
        List<String> head,
        List<List<String>> rows,
        List<Curve> curves,
        Map<String, String> failures,
        Map<String, List<Value>> values) {

    /** As many as can be told apart in a chart. */
    private static final int MOST_CURVES = 6;

    /**
     * A trial's epochs, at least one.
     *
     * @param name of the trial
     */
    public record Curve(String name, List<EpochMetrics> epochs) {}

    /**
     * What a trial came to with a key's value.
     *
     * @param trial its name
     * @param value of the key, as {@code --set} has it
     * @param result what decides between trials
     */
    public record Value(String trial, String value, double result) {}

    /**
     * The page, HTML and well-formed XML, to be written in UTF-8.
     *
     * @param status of a search that has not come to its end
     */
    public String render(Optional<Status> status) {
        List<String> sections = new ArrayList<>();
        sections.add(Document.section("Trials", trials()));
        String charts = values.entrySet().stream()
                .map(key -> Scatter.of(key.getKey(), by, key.getValue()))
                .collect(Collectors.joining());
        if (!charts.isEmpty()) {
            sections.add(Document.section(
                    "What the values came to",
                    tag("p", text("Each point is a trial; height is the number that decides."))
                            + tag("div", "class=\"charts\"", charts)));
        }
        if (!curves.isEmpty()) {
            List<Curve> best = curves.stream().limit(MOST_CURVES).toList();
            sections.add(Document.section(
                    curves.size() > MOST_CURVES ? "The best " + MOST_CURVES + ", epoch by epoch" : "Epoch by epoch",
                    new RunCurves(
                                    best.stream().map(Curve::name).toList(),
                                    best.stream().map(Curve::epochs).toList())
                            .charts()));
        }
        if (!failures.isEmpty()) {
            sections.add(Document.section("Why trials failed", Tables.of("Why trials failed", failures)));
        }
        return Document.of(title, note, status, sections);
    }

    private String trials() {
        return rows.isEmpty() ? tag("p", "No trial has come to anything yet.") : Tables.of("Trials", head, rows);
    }
}
