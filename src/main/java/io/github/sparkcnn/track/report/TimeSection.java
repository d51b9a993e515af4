package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.number;
import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;

import io.github.sparkcnn.track.Seconds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where the wall-clock time of a run went: a group of rows for each phase, its parts indented below it, with what of it is in none of
 * them, so that the phases add up to the whole and the parts to their phase.
 *
 * @param seconds by phase; a part of {@code phase} is called {@code phase.part}
 */
record TimeSection(Map<String, Double> seconds) {

    private static final String NAME = "Where the time went";

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("read", "Reading the data"),
            Map.entry("build", "Building the network"),
            Map.entry("distribute", "Dealing the images to the workers"),
            Map.entry("train", "Training"),
            Map.entry("train.steps", "its steps"),
            Map.entry("train.minibatches", "making minibatches"),
            Map.entry("train.averaging", "averaging"),
            Map.entry("train.waiting", "waiting for other workers"),
            Map.entry("train.save", "driver meanwhile: checkpoints"),
            Map.entry("train.tell", "driver meanwhile: logs and pages"),
            Map.entry("evaluate", "Evaluating"),
            Map.entry("save", "Writing checkpoints and the model"),
            Map.entry("tell", "Writing logs and pages"),
            Map.entry("explain", "Explaining predictions"));

    /** What the driver does while the workers go on with their own parts. */
    private static final Set<String> MEANWHILE = Set.of("train.save", "train.tell");

    private static final String MEAN = "The parts of training are the mean worker's, and what is left.";
    private static final String NOT_ADDED =
            " What the driver does meanwhile, mostly for the epoch before, is in the same time and not added.";

    /** The table. */
    String table() {
        double all = phases().values().stream().mapToDouble(Double::doubleValue).sum();
        String groups = phases().keySet().stream()
                .map(phase -> tag("tbody", group(phase, all)))
                .collect(Collectors.joining("\n"));
        String sum = tag("tbody", row("class=\"sum\"", "row", "In all", all, all));
        return note()
                + tag(
                        "table",
                        "class=\"phases\"",
                        Tables.caption(NAME)
                                + Tables.head(List.of("part of the run", "time", "share of all"))
                                + groups
                                + sum);
    }

    private String note() {
        return parts("train").isEmpty()
                ? ""
                : tag("p", MEAN + (seconds.keySet().stream().anyMatch(MEANWHILE::contains) ? NOT_ADDED : ""));
    }

    /** In no other phase. */
    private Map<String, Double> phases() {
        return chosen(phase -> !isPart(phase));
    }

    private boolean isPart(String phase) {
        return seconds.containsKey(phase.replaceAll("\\..*", "")) && phase.contains(".");
    }

    private Map<String, Double> parts(String phase) {
        return chosen(part -> part.startsWith(phase + "."));
    }

    private Map<String, Double> chosen(Predicate<String> which) {
        Map<String, Double> chosen = new LinkedHashMap<>();
        seconds.forEach((phase, spent) -> {
            if (which.test(phase)) {
                chosen.put(phase, spent);
            }
        });
        return chosen;
    }

    private String group(String phase, double all) {
        double whole = seconds.get(phase);
        Map<String, Double> parts = parts(phase);
        StringBuilder rows = new StringBuilder(
                row("class=\"phase\"", parts.isEmpty() ? "row" : "rowgroup", words(phase), whole, all));
        double rest = whole;
        for (Map.Entry<String, Double> part : parts.entrySet()) {
            if (!MEANWHILE.contains(part.getKey())) {
                // The clocks of workers and driver may differ by a moment.
                double within = Math.min(part.getValue(), rest);
                rows.append(row("class=\"part\"", "row", words(part.getKey()), within, all));
                rest -= within;
            }
        }
        if (rest < whole) {
            rows.append(row("class=\"part\"", "row", "other", rest, all));
        }
        parts.keySet().stream()
                .filter(MEANWHILE::contains)
                .forEach(part -> rows.append(
                        row("class=\"part meanwhile\"", "row", words(part), Math.min(parts.get(part), whole), all)));
        return rows.toString();
    }

    /** A phase of an older or a newer build is called by its key. */
    private static String words(String phase) {
        return WORDS.getOrDefault(phase, phase);
    }

    private static String row(String attributes, String scope, String name, double seconds, double all) {
        double share = all > 0 ? 100 * seconds / all : 0;
        String bar = tag("div", number("role=\"img\" aria-label=\"%.0f %%\" style=\"width:%.1f%%\"", share, share), "");
        return tag(
                "tr",
                attributes,
                tag("th", "scope=\"" + scope + "\"", text(name))
                        + tag("td", Seconds.text(seconds))
                        + tag("td", "class=\"bar\"", bar));
    }
}
