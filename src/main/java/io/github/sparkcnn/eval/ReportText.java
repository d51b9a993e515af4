package io.github.sparkcnn.eval;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Lays a report out as scikit-learn does ({@code classification_report} in sklearn/metrics/_classification.py): names right
 * aligned in the width of the longest, then four columns of nine, each after a space.
 */
final class ReportText {

    private static final int COLUMN = 9;
    private static final String LONGEST_AVERAGE = "weighted avg";

    private final StringBuilder text = new StringBuilder();
    private final int nameWidth;
    private final int digits;

    private ReportText(int nameWidth, int digits) {
        this.nameWidth = nameWidth;
        this.digits = digits;
    }

    static String of(ClassificationReport report, int digits) {
        int longest = report.classes().stream()
                .mapToInt(scores -> length(scores.name()))
                .max()
                .orElse(0);
        ReportText lines = new ReportText(Math.max(longest, Math.max(LONGEST_AVERAGE.length(), digits)), digits);
        lines.row("", "precision", "recall", "f1-score", "support");
        lines.text.append('\n');
        report.classes().forEach(lines::row);
        lines.text.append('\n');
        lines.row(
                "accuracy",
                "",
                "",
                lines.number(report.accuracy()),
                "" + report.macro().support());
        lines.row(report.macro());
        lines.row(report.weighted());
        return lines.text.toString();
    }

    private void row(ClassScores scores) {
        row(
                scores.name(),
                number(scores.precision()),
                number(scores.recall()),
                number(scores.f1()),
                Long.toString(scores.support()));
    }

    private void row(String name, String... columns) {
        rightAligned(name, nameWidth);
        text.append(' ');
        for (String column : columns) {
            text.append(' ');
            rightAligned(column, COLUMN);
        }
        text.append('\n');
    }

    private void rightAligned(String word, int width) {
        text.append(" ".repeat(Math.max(0, width - length(word)))).append(word);
    }

    /** Python rounds the binary value itself, halves to even; {@code String.format} rounds its shortest decimal, halves up. */
    static String number(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    private String number(double value) {
        return number(value, digits);
    }

    /** Python counts code points. */
    static int length(String word) {
        return word.codePointCount(0, word.length());
    }
}
