package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.number;
import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The classification report and the confusion matrix. */
final class EvaluationSection {
    private final Report.Evaluation evaluation;

    EvaluationSection(Report.Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    String scores() {
        List<List<String>> rows = new ArrayList<>();
        evaluation.classes().forEach(scores -> rows.add(row(scores)));
        long support =
                evaluation.classes().stream().mapToLong(Report.Scores::support).sum();
        rows.add(List.of("accuracy", "", "", number("%.4f", evaluation.accuracy()), number("%,d", support)));
        evaluation.averages().forEach(scores -> rows.add(row(scores)));
        return Tables.of("Classification report", List.of("class", "precision", "recall", "F1", "support"), rows);
    }

    /** Shares are of the row: of the images of a class, how many were taken for which. */
    String confusion() {
        String head = tag(
                "tr",
                tag("td", "")
                        + evaluation.classes().stream()
                                .map(scores -> tag("th", "scope=\"col\"", tag("span", text(scores.name()))))
                                .collect(Collectors.joining()));
        StringBuilder body = new StringBuilder();
        for (int actual = 0; actual < evaluation.confusion().size(); actual++) {
            String name = tag(
                    "th", "scope=\"row\"", text(evaluation.classes().get(actual).name()));
            body.append(tag("tr", name + cells(actual))).append('\n');
        }
        return Tables.scrolled(
                "Confusion matrix",
                tag(
                        "table",
                        "class=\"confusion\"",
                        Tables.caption("Confusion matrix: true classes in rows, predicted ones in columns")
                                + tag("thead", head)
                                + tag("tbody", body.toString())));
    }

    private String cells(int actual) {
        List<Long> counts = evaluation.confusion().get(actual);
        long total = counts.stream().mapToLong(Long::longValue).sum();
        StringBuilder cells = new StringBuilder();
        for (int predicted = 0; predicted < counts.size(); predicted++) {
            double share = total == 0 ? 0 : (double) counts.get(predicted) / total;
            cells.append(cell(actual, predicted, counts.get(predicted), share));
        }
        return cells.toString();
    }

    private String cell(int actual, int predicted, long count, double share) {
        boolean right = actual == predicted;
        // Errors are few: the root makes a share of one percent visible.
        double depth = right ? share : Math.sqrt(share);
        String style = number(
                "class=\"%s\" style=\"--depth:%.0f%%\" title=\"%s\"",
                right ? "right" : "wrong",
                100 * depth,
                text(number("%s taken for %s: %d (%.1f %%)", name(actual), name(predicted), count, 100 * share)));
        return tag("td", style, count == 0 ? "" : String.valueOf(count));
    }

    private String name(int label) {
        return evaluation.classes().get(label).name();
    }

    private static List<String> row(Report.Scores scores) {
        return List.of(
                scores.name(),
                number("%.4f", scores.precision()),
                number("%.4f", scores.recall()),
                number("%.4f", scores.f1()),
                number("%,d", scores.support()));
    }
}
