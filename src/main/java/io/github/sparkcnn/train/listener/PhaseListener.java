package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.track.Phases;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.track.WorkerTimes;

/** Adds to a run's phases the parts of {@code train}: where the mean worker's time went. */
public record PhaseListener(Phases phases) implements TrainingListener {

    @Override
    public void epochTrained(TrainedEpoch trained, double seconds) {
        WorkerTimes.mean(trained.workers()).ifPresent(mean -> {
            phases.add("train.steps", mean.steps());
            phases.add("train.minibatches", mean.minibatches());
            phases.add("train.averaging", mean.averaging());
            phases.add("train.waiting", mean.waiting());
        });
    }
}
