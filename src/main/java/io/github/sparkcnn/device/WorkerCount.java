package io.github.sparkcnn.device;

import io.github.sparkcnn.config.TrainingConfig;
import java.util.Optional;

/** How many workers a run has: as many as were asked for, or else as many as there is room for. */
public final class WorkerCount {

    private WorkerCount() {}

    /** Of a cluster. */
    public static int of(TrainingConfig training, ClusterProbe cluster) {
        return training.workers()
                .orElseGet(
                        () -> Math.min(cluster.workers(), training.maxWorkers().orElse(Integer.MAX_VALUE)));
    }

    /** What the user must be told of fewer than there could be. */
    public static Optional<String> notice(TrainingConfig training, int workers) {
        return training.maxWorkers()
                .filter(most -> training.workers().isEmpty() && workers < most)
                .map(most -> "Workers: " + workers + ", as many as the cluster has slots (training.max-workers is "
                        + most + ")");
    }
}
