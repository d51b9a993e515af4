package io.github.sparkcnn.eval;

import java.util.List;
import java.util.stream.IntStream;

/** Lays a confusion matrix out: a line a true class, a column a predicted one, each as wide as what stands in it. */
final class ConfusionText {

    private ConfusionText() {}

    static String of(ConfusionMatrix matrix, List<String> names) {
        int first = names.stream().mapToInt(ReportText::length).max().orElse(0);
        int[] widths = IntStream.range(0, matrix.classes())
                .map(predicted -> width(matrix, predicted, names.get(predicted)))
                .toArray();
        StringBuilder text = new StringBuilder();
        append(text, "", first);
        for (int predicted = 0; predicted < widths.length; predicted++) {
            append(text, names.get(predicted), 2 + widths[predicted]);
        }
        text.append('\n');
        for (int label = 0; label < matrix.classes(); label++) {
            append(text, names.get(label), first);
            for (int predicted = 0; predicted < widths.length; predicted++) {
                append(text, Long.toString(matrix.count(label, predicted)), 2 + widths[predicted]);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static int width(ConfusionMatrix matrix, int predicted, String name) {
        return IntStream.range(0, matrix.classes())
                .map(label -> Long.toString(matrix.count(label, predicted)).length())
                .reduce(ReportText.length(name), Math::max);
    }

    private static void append(StringBuilder text, String word, int width) {
        text.append(" ".repeat(width - ReportText.length(word))).append(word);
    }
}
