package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.number;
import static io.github.sparkcnn.track.report.Markup.tag;

import io.github.sparkcnn.track.EpochMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The curves of several runs, in one chart each, and their figures.
 *
 * @param names of the runs
 * @param epochs of each
 */
record RunCurves(List<String> names, List<List<EpochMetrics>> epochs) {

    private static final String NONE = "–";

    /** The charts, and a folded table of every epoch. */
    String charts() {
        return tag(
                        "div",
                        "class=\"charts\"",
                        Chart.of("Validation accuracy", "accuracy", curves(EpochMetrics::validationAccuracy))
                                + Chart.of("Validation loss", "loss", curves(EpochMetrics::validationLoss))
                                + Chart.of("Training loss", "loss", curves(EpochMetrics::trainLoss))
                                + Chart.fromZero(
                                        "Images a second", "images a second", curves(EpochMetrics::imagesPerSecond))
                                + Chart.fromZero("Learning rate", "learning rate", curves(EpochMetrics::learningRate)))
                + Tables.folded("Every epoch in figures", everyEpoch());
    }

    private Curve[] curves(Function<EpochMetrics, Double> value) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Curve(
                        names.get(i),
                        Curve.style(i),
                        epochs.get(i).stream()
                                .filter(epoch -> value.apply(epoch) != null)
                                .map(epoch -> new Curve.Point(epoch.epoch(), value.apply(epoch)))
                                .toList()))
                .toArray(Curve[]::new);
    }

    private String everyEpoch() {
        List<String> head = new ArrayList<>(List.of("epoch"));
        names.forEach(name -> head.addAll(
                List.of(name + ": training loss", "validation loss", "accuracy", "learning rate", "images/s")));
        int longest = epochs.stream().mapToInt(List::size).max().orElse(0);
        List<List<String>> rows = new ArrayList<>();
        for (int epoch = 0; epoch < longest; epoch++) {
            List<String> row = new ArrayList<>(List.of(String.valueOf(epoch + 1)));
            for (List<EpochMetrics> run : epochs) {
                EpochMetrics its = epoch < run.size() ? run.get(epoch) : null;
                row.add(its == null ? NONE : figure(its.trainLoss()));
                row.add(its == null ? NONE : figure(its.validationLoss()));
                row.add(its == null ? NONE : figure(its.validationAccuracy()));
                row.add(its == null ? NONE : number("%.6g", its.learningRate()));
                row.add(its == null ? NONE : number("%,.0f", its.imagesPerSecond()));
            }
            rows.add(row);
        }
        return Tables.of("Every epoch in figures", head, rows);
    }

    private static String figure(Double value) {
        return value == null ? NONE : number("%.4f", value);
    }
}
