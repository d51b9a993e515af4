package io.github.sparkcnn.checkpoint;

import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import java.util.List;
import java.util.Map;

/**
 * All that a run needs to go on as if it had not been interrupted.
 *
 * @param epoch epochs completed
 * @param network parameters, updater state and iteration
 * @param seed of the run
 * @param bestScore highest validation accuracy so far, a fraction; null without a test set
 * @param schedule what the learning rate schedule knows besides the iteration; empty where it knows nothing
 * @param origin what the run was begun with
 * @param metrics of the epochs completed, in order
 */
public record Checkpoint(
        int epoch,
        NetworkState network,
        long seed,
        Double bestScore,
        Map<String, Double> schedule,
        Origin origin,
        List<EpochMetrics> metrics) {

    public Checkpoint {
        schedule = Map.copyOf(schedule);
        metrics = List.copyOf(metrics);
    }
}
