package io.github.sparkcnn.track.report;

import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.StepMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the page shows. Maps are shown in their own order; what is empty is left out.
 *
 * @param title of the run
 * @param subtitle when and where, one line
 * @param epochs in order
 * @param steps points of the loss within the epochs
 * @param evaluation of the test set, if there was one
 * @param samples images as the network saw them
 * @param misclassified images that it took for something else
 * @param phaseSeconds wall-clock time by phase
 * @param configuration every key that was in force
 * @param environment versions, backend, devices
 */
public record Report(
        String title,
        String subtitle,
        List<EpochMetrics> epochs,
        List<StepMetrics> steps,
        Optional<Evaluation> evaluation,
        List<Picture> samples,
        List<Picture> misclassified,
        Map<String, Double> phaseSeconds,
        Map<String, String> configuration,
        Map<String, String> environment) {

    public Report {
        epochs = List.copyOf(epochs);
        steps = List.copyOf(steps);
        samples = List.copyOf(samples);
        misclassified = List.copyOf(misclassified);
    }

    /**
     * A classification report with its confusion matrix.
     *
     * @param classes in the order of the labels
     * @param averages macro, weighted …
     * @param confusion {@code [actual][predicted]} counts
     */
    public record Evaluation(double accuracy, List<Scores> classes, List<Scores> averages, List<List<Long>> confusion) {

        public Evaluation {
            classes = List.copyOf(classes);
            averages = List.copyOf(averages);
            confusion = confusion.stream().map(List::copyOf).toList();
        }
    }

    /** One row of a classification report. */
    public record Scores(String name, double precision, double recall, double f1, long support) {}

    /**
     * A small image.
     *
     * @param png the encoded file
     * @param caption one short line
     * @param explained what speaks for the class that it was taken for, where that is known
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Picture(byte[] png, String caption, Optional<Explained> explained) {

        /** One that nothing more is known of. */
        public Picture(byte[] png, String caption) {
            this(png, caption, Optional.empty());
        }
    }

    /**
     * An image with colours over what speaks for a class and against it.
     *
     * @param png the encoded file
     * @param text the same for who does not see it
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Explained(byte[] png, String text) {}
}
