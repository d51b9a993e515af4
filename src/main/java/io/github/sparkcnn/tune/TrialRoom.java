package io.github.sparkcnn.tune;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.config.TrainingConfig.Strategy;
import io.github.sparkcnn.device.ClusterShape;
import java.util.List;

/**
 * Whether as many trials as are asked for can be trained at the same time.
 *
 * @param processors of the driver
 */
record TrialRoom(ClusterShape cluster, int processors, int parallel) {

    /** Those that a trial takes; one in the driver takes none of the cluster's slots. */
    int workers(Configuration trial) {
        TrainingConfig training = trial.training();
        return training.strategy() == Strategy.LOCAL ? 1 : training.workers(() -> Math.max(1, cluster.slots()));
    }

    /** Refuses trials for which there is no room. */
    void require(List<Configuration> trials) {
        trials.forEach(this::require);
    }

    private void require(Configuration trial) {
        if (trial.training().strategy() == Strategy.LOCAL) {
            requireProcessors(trial.device().threads().orElse(processors));
            return;
        }
        int workers = workers(trial);
        if (trial.device().backend() == Backend.CUDA) {
            cluster.requireGpus(workers);
        }
        if (trial.training().strategy() == Strategy.ALL_REDUCE) {
            cluster.requireSlots(workers);
        }
        if (parallel > 1 && (long) parallel * workers > cluster.slots()) {
            throw refusal(
                    "a trial has " + workers + (workers == 1 ? " worker" : " workers") + ", and the cluster has "
                            + cluster.slots() + " slots",
                    "training.workers",
                    cluster.slots());
        }
    }

    private void requireProcessors(int threads) {
        if (parallel > 1 && (long) parallel * threads > processors) {
            throw refusal(
                    "a trial of training.strategy = local has " + threads
                            + (threads == 1 ? " thread" : " threads") + ", and the driver has " + processors
                            + " processors",
                    "device.threads",
                    processors);
        }
    }

    private UserException refusal(String reason, String key, int room) {
        return new UserException(
                "train " + parallel + " trials at once",
                reason,
                "Lower --parallel"
                        + (room < parallel
                                ? " to " + Math.max(1, room) + " or less"
                                : " or set " + key + " to " + room / parallel));
    }
}
