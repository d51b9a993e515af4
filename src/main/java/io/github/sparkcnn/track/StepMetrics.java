package io.github.sparkcnn.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * One line of {@code steps.jsonl}.
 *
 * @param epoch counted from 1
 * @param step of the worker with the largest share, counted from 1 over all epochs
 * @param images that all workers have seen of the epoch so far
 * @param loss mean over the images since the epoch's point before, each when it was seen
 * @param learningRate of the step
 */
@JsonPropertyOrder({"epoch", "step", "images", "loss", "learning_rate"})
public record StepMetrics(
        int epoch,
        long step,
        long images,
        double loss,
        @JsonProperty("learning_rate") double learningRate) {

    /**
     * Those of an epoch.
     *
     * @param epoch counted from 1
     * @param stepsBefore the epoch began
     * @param rates by the step of the epoch, counted from 0
     */
    public static List<StepMetrics> of(int epoch, List<LossPoint> curve, long stepsBefore, IntToDoubleFunction rates) {
        List<StepMetrics> steps = new ArrayList<>();
        LossPoint before = LossPoint.START;
        for (LossPoint point : curve) {
            steps.add(new StepMetrics(
                    epoch,
                    stepsBefore + point.minibatches(),
                    point.images(),
                    point.meanSince(before),
                    rates.applyAsDouble(point.minibatches() - 1)));
            before = point;
        }
        return steps;
    }
}
