package io.github.sparkcnn.checkpoint;

import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.PartOfEpoch;
import java.util.List;

/**
 * All that a run needs to go on as if it had not been interrupted.
 *
 * @param epoch epochs completed
 * @param part what is trained of the next one
 * @param network parameters, updater state and iteration
 * @param seed of the run
 * @param bestScore highest validation accuracy so far, a fraction; null without a test set
 * @param origin what the run was begun with
 * @param metrics of the epochs completed, in order; where a schedule or early stopping stands follows from them
 */
public record Checkpoint(
        int epoch,
        PartOfEpoch part,
        NetworkState network,
        long seed,
        Double bestScore,
        Origin origin,
        List<EpochMetrics> metrics) {

    public Checkpoint {
        metrics = List.copyOf(metrics);
    }

    /** Where it stands, for messages: {@code epoch 2}, or {@code epoch 2 and 350 minibatches of epoch 3}. */
    public String place() {
        return "epoch " + epoch + (part.equals(PartOfEpoch.NONE) ? "" : " and " + part.of(epoch + 1));
    }
}
