package io.github.sparkcnn.track;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Where a worker's time went in an epoch, in seconds.
 *
 * @param steps in optimizer steps
 * @param minibatches in shuffling, augmenting and converting images
 * @param waiting for the slowest worker, before an averaging could begin
 * @param averaging in sending, adding and receiving
 */
public record WorkerTimes(double steps, double minibatches, double waiting, double averaging) implements Serializable {

    /** All of the worker's own work. */
    public double compute() {
        return steps + minibatches;
    }

    /** Those of a worker that averages with nobody: what an averaging takes all the same is not worth telling. */
    public WorkerTimes alone() {
        return new WorkerTimes(steps, minibatches, 0, 0);
    }

    /** The mean over the workers; empty without any. */
    public static Optional<WorkerTimes> mean(List<WorkerTimes> workers) {
        if (workers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new WorkerTimes(
                mean(workers, WorkerTimes::steps),
                mean(workers, WorkerTimes::minibatches),
                mean(workers, WorkerTimes::waiting),
                mean(workers, WorkerTimes::averaging)));
    }

    private static double mean(List<WorkerTimes> workers, ToDoubleFunction<WorkerTimes> part) {
        return workers.stream().mapToDouble(part).average().orElseThrow();
    }
}
