package io.github.sparkcnn.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys {@code training.*}: how the network is trained.
 *
 * @param batchSize images a minibatch, per worker
 * @param workers empty: as many as the cluster has slots
 * @param averagingFrequency minibatches between two averagings
 * @param classWeights in the loss, by label; empty: all classes weigh the same
 * @param augmentation what is done to a training image before it is seen; checked where it is used
 * @param averagingTimeout without progress, after which a worker counts as lost
 */
public record TrainingConfig(
        int epochs,
        int batchSize,
        long seed,
        boolean dropLast,
        Strategy strategy,
        Optional<Integer> workers,
        int averagingFrequency,
        Duration averagingTimeout,
        OptimizerConfig optimizer,
        ScheduleConfig schedule,
        List<Double> classWeights,
        ClippingConfig clipping,
        List<Map<String, Object>> augmentation,
        EarlyStoppingConfig earlyStopping,
        CheckpointConfig checkpoint) {

    /** Where the replicas are and how they agree. */
    public enum Strategy {
        /** One replica in the driver. */
        LOCAL,
        /** Deeplearning4j's ParameterAveragingTrainingMaster, through the driver. */
        DL4J_AVERAGING,
        /** Directly between the workers of a barrier stage. */
        ALL_REDUCE
    }

    static TrainingConfig of(Keys keys) {
        int epochs = keys.integer("epochs");
        int batchSize = keys.integer("batch-size");
        Optional<Integer> workers = keys.optionalInteger("workers");
        int averagingFrequency = keys.integer("averaging-frequency");
        keys.require(epochs >= 1, "epochs", epochs, "1 or more");
        keys.require(batchSize >= 1, "batch-size", batchSize, "1 or more");
        workers.ifPresent(count -> keys.require(count >= 1, "workers", count, "1 or more"));
        keys.require(averagingFrequency >= 1, "averaging-frequency", averagingFrequency, "1 or more");
        return new TrainingConfig(
                epochs,
                batchSize,
                keys.longInteger("seed"),
                keys.bool("drop-last"),
                keys.choice("strategy", Strategy.class),
                workers,
                averagingFrequency,
                keys.duration("averaging-timeout"),
                OptimizerConfig.of(keys.under("optimizer")),
                ScheduleConfig.of(keys),
                classWeights(keys),
                ClippingConfig.of(keys.under("gradient-clipping")),
                keys.maps("augmentation"),
                EarlyStoppingConfig.of(keys.under("early-stopping")),
                CheckpointConfig.of(keys.under("checkpoint")));
    }

    private static List<Double> classWeights(Keys keys) {
        List<Double> weights = keys.optionalNumbers("class-weights").orElse(List.of());
        keys.require(
                weights.stream().allMatch(weight -> weight > 0 && weight < 1e6),
                "class-weights",
                weights,
                "null, or a list of numbers above 0");
        return weights;
    }
}
