package io.github.sparkcnn.tune;

import io.github.sparkcnn.console.TextTable;
import io.github.sparkcnn.track.report.SearchPage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A search as a table, the best trial first, and why trials failed; {@code -} for what is not known. */
final class SearchText {

    private static final String UNKNOWN = "-";

    private SearchText() {}

    static String of(Search search) {
        List<String> lines = new ArrayList<>(TextTable.lines(head(search), rows(search), 0));
        lines.add("");
        lines.add(note(search));
        failures(search).forEach((trial, reason) -> lines.add(trial + " " + reason));
        return String.join("\n", lines) + "\n";
    }

    /** The columns' titles, last the keys. */
    static List<String> head(Search search) {
        return Stream.concat(
                        Stream.of(
                                "trial",
                                "status",
                                "epochs",
                                "accuracy",
                                "best accuracy",
                                "loss",
                                "best loss",
                                "seconds"),
                        keys(search).stream())
                .toList();
    }

    /** A row a trial, the best first. */
    static List<List<String>> rows(Search search) {
        List<String> keys = keys(search);
        return search.ranked().stream()
                .map(trial -> Stream.concat(
                                figures(trial),
                                keys.stream().map(key -> trial.settings().getOrDefault(key, UNKNOWN)))
                        .toList())
                .toList();
    }

    /** What the table is about. */
    static String note(Search search) {
        String rungs = search.rungs().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return search.trials().size() + " of " + search.asked() + " trials, the best first by " + search.by()
                + (rungs.isEmpty() ? "" : ", halved after epochs " + rungs)
                + ". Accuracy and loss are of the validation images, after the last epoch and after the best.";
    }

    /** Why trials failed, by what they are called. */
    static Map<String, String> failures(Search search) {
        Map<String, String> failures = new LinkedHashMap<>();
        search.trials().stream()
                .filter(trial -> trial.reason() != null)
                .forEach(trial ->
                        failures.put("trial " + trial.number(), trial.status().word() + ": " + trial.reason()));
        return failures;
    }

    /** What decides, of trials that can be compared with each other, by key and by value. */
    static Map<String, List<SearchPage.Value>> values(Search search) {
        Map<String, List<SearchPage.Value>> values = new LinkedHashMap<>();
        keys(search)
                .forEach(key -> values.put(
                        key,
                        search.trials().stream()
                                .filter(trial ->
                                        trial.isMeasured() && trial.settings().containsKey(key))
                                .map(trial -> new SearchPage.Value(
                                        "trial " + trial.number(),
                                        trial.settings().get(key),
                                        trial.value()))
                                .toList()));
        return values;
    }

    private static List<String> keys(Search search) {
        return search.trials().stream()
                .map(trial -> trial.settings().keySet())
                .flatMap(Collection::stream)
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<String> figures(Trial trial) {
        return Stream.of(
                String.valueOf(trial.number()),
                trial.status().word(),
                String.valueOf(trial.epochs().size()),
                value(trial, Objective.ACCURACY),
                value(trial, Objective.BEST_ACCURACY),
                value(trial, Objective.LOSS),
                value(trial, Objective.BEST_LOSS),
                number("%.1f", trial.seconds()));
    }

    private static String value(Trial trial, Objective objective) {
        return trial.epochs().isEmpty() ? UNKNOWN : number("%.4f", objective.of(trial.epochs()));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
