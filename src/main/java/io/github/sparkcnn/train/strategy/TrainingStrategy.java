package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.device.ClusterProbe;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.Network;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** A value of {@code training.strategy}: what it can train, with how many workers and where, and the trainer that does it. */
public interface TrainingStrategy {

    /** The one that the configuration names: the only place that tells them apart. */
    static TrainingStrategy of(Configuration configuration) {
        return switch (configuration.training().strategy()) {
            case LOCAL -> new LocalStrategy(configuration);
            case DL4J_AVERAGING -> new Dl4jAveragingStrategy(configuration);
            case ALL_REDUCE -> new AllReduceStrategy(configuration);
        };
    }

    /**
     * Refuses, before any data are read, a network that it cannot train; most can train all.
     *
     * @param network its name
     * @param isSequential whether its layers follow each other
     */
    default void requireTrainable(String network, boolean isSequential) {}

    /** Refuses, before any data are read, checkpoints within an epoch where it cannot write them; most can. */
    default void requireCheckpointing() {}

    /** Refuses, before any data are read, a number of workers that is to change, where it cannot; most cannot. */
    default void requireElasticity() {
        configuration().training().elastic().ifPresent(range -> {
            throw new UserException(
                    "train with training.workers = " + range,
                    "training.strategy = "
                            + configuration().training().strategy().word()
                            + " has as many workers at the end as at the beginning",
                    "Set training.strategy to all-reduce, or training.workers to a number");
        });
    }

    /** The configuration that names it. */
    Configuration configuration();

    /** The replicas that train at the same time: as many as are asked for, or as there is room for. */
    default int workers(ClusterProbe cluster) {
        return configuration()
                .training()
                .workers(() -> cluster.workers(configuration().device().onGpus()));
    }

    /** Refuses more workers than can be there at once, before any data move. */
    void requireRoom(ClusterProbe cluster, int workers);

    /** What the user must be told of settings that have no effect, or less than they say. */
    default Optional<String> notice(int workers) {
        return configuration().training().shortfall(workers);
    }

    /** What the user is told besides where there are executors: the number of workers, which a run that is resumed must have again. */
    default Optional<String> noticeOnCluster(int workers) {
        return configuration().training().shortfall(workers).isPresent() // which says it
                ? Optional.empty()
                : Optional.of("Workers: " + workers);
    }

    /** Whether the workers evaluate, on test images that are dealt to them; otherwise the driver does, on all. */
    default boolean workersEvaluate() {
        return false;
    }

    /**
     * Opens it on a run's images and network.
     *
     * @param images dealt to the workers
     * @param network of the driver, which every epoch leaves its result in
     * @param replica of that network, which evaluates it too
     * @param rule by which the workers' optimizers make a step
     */
    Trainer open(JavaSparkContext spark, DealtImages images, Network network, Replica replica, UpdateRule rule);
}
