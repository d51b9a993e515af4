package io.github.sparkcnn.eval;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of a classification report. What would be divided by zero is 0.
 *
 * @param name of the class or of the average
 * @param precision fraction of the images taken for the class that are of it
 * @param recall fraction of the images of the class that were taken for it
 * @param f1 harmonic mean of precision and recall
 * @param support images of the class
 */
public record ClassScores(String name, double precision, double recall, double f1, long support) {

    static ClassScores of(ConfusionMatrix matrix, int label, String name) {
        long support = matrix.support(label);
        double precision = fraction(matrix.count(label, label), matrix.predicted(label));
        double recall = fraction(matrix.count(label, label), support);
        // In this order of operations the last bit is scikit-learn 1.2's, which decides how ties are rounded.
        double f1 = fraction(2 * precision * recall, precision + recall);
        return new ClassScores(name, precision, recall, f1, support);
    }

    static double fraction(long part, long whole) {
        return fraction((double) part, (double) whole);
    }

    static double fraction(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /** For JSON, with scikit-learn's keys. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("precision", precision);
        map.put("recall", recall);
        map.put("f1-score", f1);
        map.put("support", support);
        return map;
    }
}
