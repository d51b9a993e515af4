package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.number;

import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.StepMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the training loss went within the epochs, thinned to what a page can show.
 *
 * @param epochs images that were seen in each, by its number
 * @param steps in order
 */
record StepCurve(Map<Integer, Long> epochs, List<StepMetrics> steps) {

    private static final String NAME = "Training loss within the epochs";

    /** About as many pixels as a chart is wide on a large screen. */
    private static final int MOST_POINTS = 1000;

    /** Where there are too many, several that follow each other in an epoch become their mean over the images. */
    static StepCurve of(List<EpochMetrics> epochs, List<StepMetrics> steps) {
        Map<Integer, Long> images =
                epochs.stream().collect(Collectors.toMap(EpochMetrics::epoch, EpochMetrics::images, (a, b) -> b));
        int together = (steps.size() + MOST_POINTS - 1) / MOST_POINTS;
        List<StepMetrics> drawn = new ArrayList<>();
        double lossSum = 0;
        long before = 0;
        long first = 0;
        int taken = 0;
        for (int i = 0; i < steps.size(); i++) {
            StepMetrics step = steps.get(i);
            lossSum += step.loss() * (step.images() - before);
            before = step.images();
            taken++;
            boolean lastOfEpoch = i + 1 == steps.size() || steps.get(i + 1).epoch() != step.epoch();
            if (taken == together || lastOfEpoch) {
                double loss = taken == 1 ? step.loss() : lossSum / (step.images() - first);
                drawn.add(new StepMetrics(step.epoch(), step.step(), step.images(), loss, step.learningRate()));
                lossSum = 0;
                taken = 0;
                before = lastOfEpoch ? 0 : step.images();
                first = before;
            }
        }
        drawn.removeIf(step -> !images.containsKey(step.epoch()));
        return new StepCurve(images, drawn);
    }

    /** An epoch's last point stands where the epoch's own does. */
    Curve curve() {
        return Curve.thin(
                "within the epochs",
                steps.stream()
                        .map(step -> new Curve.Point(
                                step.epoch() - 1 + (double) step.images() / epochs.get(step.epoch()), step.loss()))
                        .toList());
    }

    /** The same for who does not see it; nothing where there is nothing. */
    String table() {
        if (steps.isEmpty()) {
            return "";
        }
        List<String> head = List.of("step", "epoch", "images of the epoch", "training loss", "learning rate");
        return Tables.foldedLong(
                NAME + " in figures",
                Tables.of(
                        NAME,
                        head,
                        steps.stream()
                                .map(step -> List.of(
                                        number("%d", step.step()),
                                        number("%d", step.epoch()),
                                        number("%,d", step.images()),
                                        number("%.4f", step.loss()),
                                        number("%.6g", step.learningRate())))
                                .toList()));
    }
}
