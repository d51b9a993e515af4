package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.track.StepsFile;
import java.util.List;

/** Adds every epoch's points of the loss to {@code steps.jsonl}. */
public record StepsListener(StepsFile file) implements TrainingListener {

    @Override
    public void stepsTrained(List<StepMetrics> steps) {
        file.add(steps);
    }
}
