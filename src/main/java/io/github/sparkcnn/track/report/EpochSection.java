package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.lines;
import static io.github.sparkcnn.track.report.Markup.number;
import static io.github.sparkcnn.track.report.Markup.tag;

import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Seconds;
import io.github.sparkcnn.track.StepMetrics;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** How training went: the headline figures, the curves, and the figures under them. */
final class EpochSection {
    private final List<EpochMetrics> epochs;
    private final StepCurve steps;

    EpochSection(List<EpochMetrics> epochs, List<StepMetrics> steps) {
        this.epochs = epochs;
        this.steps = StepCurve.of(epochs, steps);
    }

    /** The best accuracy and where it was, the time, the speed. */
    String headline() {
        Stream<String> best = epochs.stream()
                .filter(epoch -> epoch.validationAccuracy() != null)
                .max((a, b) -> Double.compare(a.validationAccuracy(), b.validationAccuracy()))
                .map(epoch -> tile(percent(epoch.validationAccuracy()), "best accuracy, epoch " + epoch.epoch()))
                .stream();
        double seconds = epochs.stream().mapToDouble(EpochMetrics::seconds).sum();
        double speed = epochs.stream()
                .mapToDouble(EpochMetrics::imagesPerSecond)
                .average()
                .orElse(0);
        EpochMetrics last = epochs.get(epochs.size() - 1);
        Stream<String> others = Stream.of(
                tile(number("%.4f", last.trainLoss()), "training loss, last epoch"),
                tile(number("%,.0f", speed), "images a second"),
                tile(Seconds.text(seconds), epochs.size() + (epochs.size() == 1 ? " epoch" : " epochs")));
        return tag("div", "class=\"tiles\"", lines(Stream.concat(best, others).toList()));
    }

    String curves() {
        String charts = Chart.of(
                        "Loss",
                        "loss",
                        steps.curve(),
                        curve("training", "one", EpochMetrics::trainLoss),
                        curve("validation", "two", EpochMetrics::validationLoss))
                + Chart.of(
                        "Accuracy", "accuracy", curve("validation accuracy", "two", EpochMetrics::validationAccuracy))
                + Chart.fromZero(
                        "Learning rate", "learning rate", curve("learning rate", "one", EpochMetrics::learningRate))
                + Chart.fromZero(
                        "Images a second",
                        "images a second",
                        curve("images a second", "one", EpochMetrics::imagesPerSecond));
        return tag("div", "class=\"charts\"", charts);
    }

    String table() {
        List<String> head = List.of(
                "epoch",
                "training loss",
                "validation loss",
                "validation accuracy",
                "learning rate",
                "images/s",
                "seconds");
        return Tables.of(
                "Every epoch in figures",
                head,
                epochs.stream()
                        .map(epoch -> List.of(
                                String.valueOf(epoch.epoch()),
                                number("%.4f", epoch.trainLoss()),
                                optional(epoch.validationLoss()),
                                optional(epoch.validationAccuracy()),
                                number("%.6g", epoch.learningRate()),
                                number("%,.0f", epoch.imagesPerSecond()),
                                number("%.1f", epoch.seconds())))
                        .toList());
    }

    /** Folded, where there are points within the epochs. */
    String stepsTable() {
        return steps.table();
    }

    private Curve curve(String name, String style, Function<EpochMetrics, Double> value) {
        return new Curve(
                name,
                style,
                epochs.stream()
                        .filter(epoch -> value.apply(epoch) != null)
                        .map(epoch -> new Curve.Point(epoch.epoch(), value.apply(epoch)))
                        .toList());
    }

    private static String optional(Double value) {
        return value == null ? "–" : number("%.4f", value);
    }

    static String percent(double fraction) {
        return number("%.2f %%", 100 * fraction);
    }

    private static String tile(String figure, String meaning) {
        return tag("div", tag("strong", figure) + tag("span", meaning));
    }
}
