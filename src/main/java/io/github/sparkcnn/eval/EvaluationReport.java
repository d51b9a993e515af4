package io.github.sparkcnn.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is told of a network's quality on a test set: what {@code evaluate} prints and every epoch is judged by.
 *
 * @param names of the classes
 * @param images evaluated
 * @param loss mean cross-entropy, natural logarithm, of probabilities of at least 1e-10
 * @param k of the top-k accuracy
 * @param topKAccuracy fraction of the images whose class is among the {@code k} most probable
 * @param calibrationError expected calibration error over 15 bins, see {@link CalibrationBins}
 * @param classification scores by class and averages
 * @param confusion counts of class taken for class
 */
public record EvaluationReport(
        List<String> names,
        long images,
        double loss,
        int k,
        double topKAccuracy,
        double calibrationError,
        ClassificationReport classification,
        ConfusionMatrix confusion) {

    /** Fraction of the images whose most probable class is their label. */
    public double accuracy() {
        return classification.accuracy();
    }

    /** The classification report, the other measures and the confusion matrix below it. */
    public String text(int digits) {
        return classification.text(digits) + "\n"
                + "cross-entropy " + ReportText.number(loss, 4)
                + ", top-" + k + " accuracy " + ReportText.number(topKAccuracy, 4)
                + ", expected calibration error " + ReportText.number(calibrationError, 4)
                + " (" + images + " images)\n\nConfusion matrix (rows true, columns predicted)\n\n"
                + ConfusionText.of(confusion, names);
    }

    /** The classification report's lines, then one for each of the other measures; all digits. */
    public String csv() {
        return classification.csv()
                + "top-" + k + " accuracy,,," + topKAccuracy + "," + images + "\n"
                + "expected calibration error,,," + calibrationError + "," + images + "\n";
    }

    /** For JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("images", images);
        map.put("loss", loss);
        map.put("accuracy", accuracy());
        map.put("top_k", k);
        map.put("top_k_accuracy", topKAccuracy);
        map.put("expected_calibration_error", calibrationError);
        map.put("labels", names);
        map.put("confusion_matrix", confusion.counts());
        map.put("classification_report", classification.toMap());
        return map;
    }
}
