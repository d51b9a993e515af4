package io.github.sparkcnn.compare;

import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes down a run's epochs. */
final class EpochRecorder implements TrainingListener {

    private final List<Comparison.Epoch> epochs = new ArrayList<>();
    private TrainedEpoch trained;
    private double seconds;
    private long workersPeak;
    private long floats;
    private int iterations;
    private int steps;

    @Override
    public void epochTrained(TrainedEpoch loss, double trainSeconds) {
        trained = loss;
        seconds = trainSeconds;
        loss.devices().stream()
                .flatMap(device -> Stream.ofNullable(device.peakMemoryBytes()))
                .forEach(bytes -> workersPeak = Math.max(workersPeak, bytes));
    }

    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        epochs.add(new Comparison.Epoch(
                metrics.epoch(),
                trained.images(),
                seconds,
                trained.images() / seconds,
                metrics.validationAccuracy(),
                trained.workers()));
        floats = network.stateLength();
        steps = network.iteration() - iterations;
        iterations = network.iteration();
    }

    /** What each worker averaged with the others in the last epoch, after every so many steps. */
    Measurement.Averagings averagings(int frequency) {
        return new Measurement.Averagings(floats, (steps + frequency - 1) / frequency);
    }

    /** The larger of what was given and the largest resident set of a worker's process, in bytes. */
    long peakMemoryBytes(long driver) {
        return Math.max(driver, workersPeak);
    }

    List<Comparison.Epoch> epochs() {
        return List.copyOf(epochs);
    }
}
