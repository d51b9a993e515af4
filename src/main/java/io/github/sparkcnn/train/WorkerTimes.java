package io.github.sparkcnn.train;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Where a worker's time went in an epoch, in seconds.
 *
 * @param compute in optimizer steps
 * @param waiting for the slowest worker, before an averaging could begin
 * @param averaging in sending, adding and receiving
 */
public record WorkerTimes(double compute, double waiting, double averaging) implements Serializable {

    /** The mean over the workers; empty without any. */
    public static Optional<WorkerTimes> mean(List<WorkerTimes> workers) {
        if (workers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new WorkerTimes(
                mean(workers, WorkerTimes::compute),
                mean(workers, WorkerTimes::waiting),
                mean(workers, WorkerTimes::averaging)));
    }

    private static double mean(List<WorkerTimes> workers, ToDoubleFunction<WorkerTimes> part) {
        return workers.stream().mapToDouble(part).average().orElseThrow();
    }
}
