package io.github.sparkcnn.tune;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
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
        int slots = cluster.slots(trial.device().onGpus());
        return training.strategy() == Strategy.LOCAL ? 1 : training.workers(() -> Math.max(1, slots));
    }

    /** Refuses trials for which there is no room. */
    void require(List<Configuration> trials) {
        trials.forEach(this::require);
    }

    private void require(Configuration trial) {
        if (parallel > 1) {
            requireAlike(trial);
        }
        if (trial.training().strategy() == Strategy.LOCAL) {
            requireProcessors(trial.device().threads().orElse(processors));
            return;
        }
        int workers = workers(trial);
        trial.training().batch().requireSharedBy(workers);
        if (trial.device().onGpus()) {
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

    /** What another trial at the same time would be in the way of. */
    private void requireAlike(Configuration trial) {
        TrainingConfig training = trial.training();
        training.elastic().ifPresent(range -> {
            throw alone(
                    "training.workers is " + range + ", and each trial would take the others' slots",
                    "training.workers to a number");
        });
        if (training.strategy() == Strategy.DL4J_AVERAGING) {
            throw alone(
                    "training.strategy is dl4j-averaging, whose replicas are made anew when trials take turns",
                    "training.strategy to all-reduce or local");
        }
        if (trial.device().onGpus() && cluster.isLocal()) {
            throw alone(
                    "a local master is one process, which computes on one GPU",
                    "search on a cluster that has an executor for every GPU");
        }
        if (trial.device().onGpus() && training.strategy() == Strategy.LOCAL) {
            throw alone("training.strategy = local trains on the driver's one GPU", "training.strategy to all-reduce");
        }
    }

    private UserException alone(String reason, String remedy) {
        return new UserException("train " + parallel + " trials at once", reason, "Set --parallel to 1, or " + remedy);
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
