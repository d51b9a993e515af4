package io.github.sparkcnn.eval;

import io.github.sparkcnn.io.CsvField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Precision, recall, F1 and support of every class and their averages, as
 * {@code sklearn.metrics.classification_report(zero_division=0)} defines them.
 *
 * @param classes in the order of the labels, with those that never occur
 * @param accuracy fraction of all images whose class was recognised
 * @param macro unweighted mean over the classes
 * @param weighted mean over the classes, weighted by support
 */
public record ClassificationReport(
        List<ClassScores> classes, double accuracy, ClassScores macro, ClassScores weighted) {

    /** Computes the report; {@code names} has one for every class of the matrix. */
    public static ClassificationReport of(ConfusionMatrix matrix, List<String> names) {
        if (names.size() != matrix.classes()) {
            throw new IllegalArgumentException(names.size() + " names for " + matrix.classes() + " classes");
        }
        List<ClassScores> classes = IntStream.range(0, matrix.classes())
                .mapToObj(label -> ClassScores.of(matrix, label, names.get(label)))
                .toList();
        return new ClassificationReport(
                classes,
                ClassScores.fraction(matrix.correct(), matrix.total()),
                average("macro avg", classes, matrix.total(), scores -> 1),
                average("weighted avg", classes, matrix.total(), ClassScores::support));
    }

    private static ClassScores average(
            String name, List<ClassScores> classes, long support, ToDoubleFunction<ClassScores> weight) {
        return new ClassScores(
                name,
                mean(classes, ClassScores::precision, weight),
                mean(classes, ClassScores::recall, weight),
                mean(classes, ClassScores::f1, weight),
                support);
    }

    private static double mean(
            List<ClassScores> classes, ToDoubleFunction<ClassScores> score, ToDoubleFunction<ClassScores> weight) {
        double sum = 0;
        double weights = 0;
        for (ClassScores scores : classes) {
            sum += score.applyAsDouble(scores) * weight.applyAsDouble(scores);
            weights += weight.applyAsDouble(scores);
        }
        return ClassScores.fraction(sum, weights);
    }

    /** In scikit-learn's layout. */
    public String text(int digits) {
        return ReportText.of(this, digits);
    }

    /** For JSON, shaped as scikit-learn's {@code output_dict=True}. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        classes.forEach(scores -> map.put(scores.name(), scores.toMap()));
        map.put("accuracy", accuracy);
        map.put(macro.name(), macro.toMap());
        map.put(weighted.name(), weighted.toMap());
        return map;
    }

    /** One line a class, then the averages; all digits. */
    public String csv() {
        StringBuilder csv = new StringBuilder("class,precision,recall,f1-score,support\n");
        classes.forEach(scores -> appendCsv(csv, scores));
        csv.append("accuracy,,,")
                .append(accuracy)
                .append(',')
                .append(macro.support())
                .append('\n');
        appendCsv(csv, macro);
        appendCsv(csv, weighted);
        return csv.toString();
    }

    private static void appendCsv(StringBuilder csv, ClassScores scores) {
        csv.append(CsvField.of(scores.name())).append(',').append(scores.precision());
        csv.append(',').append(scores.recall()).append(',').append(scores.f1());
        csv.append(',').append(scores.support()).append('\n');
    }
}
