package io.github.sparkcnn.config;

import com.typesafe.config.ConfigValueType;
import io.github.sparkcnn.data.augment.Augmentation;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import io.github.sparkcnn.network.optimizer.Optimizer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The keys {@code training.*}: how the network is trained.
 *
 * @param batch images of a step
 * @param workers empty: elastic, or else as many as the cluster has slots, up to maxWorkers
 * @param elastic a number of workers that follows the cluster's slots between epochs; empty: it stays the same
 * @param maxWorkers where workers is empty; empty: as many as the cluster has slots
 * @param averagingFrequency minibatches between two averagings
 * @param isOptimizerGiven whether the user gave any key of the optimizer
 * @param classWeights in the loss, by label; empty: all classes weigh the same
 * @param augmentation what is done to a training image before it is seen, in this order
 * @param averagingTimeout without progress, after which a worker counts as lost
 */
public record TrainingConfig(
        int epochs,
        BatchSize batch,
        long seed,
        boolean dropLast,
        Strategy strategy,
        Optional<Integer> workers,
        Optional<ElasticWorkers> elastic,
        Optional<Integer> maxWorkers,
        int averagingFrequency,
        Duration averagingTimeout,
        Optimizer optimizer,
        boolean isOptimizerGiven,
        ScheduleConfig schedule,
        List<Double> classWeights,
        ClippingConfig clipping,
        List<Augmentation> augmentation,
        EarlyStoppingConfig earlyStopping,
        CheckpointConfig checkpoint) {

    /** Where the replicas are and how they agree. */
    public enum Strategy {
        /** One replica in the driver. */
        LOCAL,
        /** Deeplearning4j's ParameterAveragingTrainingMaster, through the driver. */
        DL4J_AVERAGING,
        /** Directly between the workers of a barrier stage. */
        ALL_REDUCE;

        /** As in a configuration. */
        public String word() {
            return Keys.word(this);
        }
    }

    /** In place of a number that may change at any time. */
    private static final String ELASTIC = "elastic";

    private static final Range AT_LEAST_ONE = Range.atLeast(1);
    private static final Range CLASS_WEIGHT =
            Range.above(0).saying("null, or a list of numbers above 0").below(1e6);

    public TrainingConfig {
        classWeights = List.copyOf(classWeights);
        augmentation = List.copyOf(augmentation);
        AT_LEAST_ONE.require("epochs", epochs);
        AT_LEAST_ONE.require("averagingFrequency", averagingFrequency);
        workers.ifPresent(count -> AT_LEAST_ONE.require("workers", count));
        maxWorkers.ifPresent(count -> AT_LEAST_ONE.require("maxWorkers", count));
        if (averagingTimeout.isNegative() || averagingTimeout.isZero()) {
            throw new IllegalArgumentException("averagingTimeout is " + averagingTimeout + ", not a time above 0");
        }
        classWeights.forEach(weight -> CLASS_WEIGHT.require("classWeight", weight));
    }

    /** As many as are asked for, or else as many as there are slots, within their bounds. */
    public int workers(IntSupplier slots) {
        return workers.orElseGet(() -> elastic.map(range -> range.of(slots.getAsInt()))
                .orElseGet(() -> Math.min(slots.getAsInt(), maxWorkers.orElse(Integer.MAX_VALUE))));
    }

    /**
     * What the number of workers is called among the keys that decide a result.
     *
     * @param found where it is left open
     */
    public String decisiveWorkers(int found) {
        return elastic.isPresent() ? ELASTIC : Integer.toString(found);
    }

    /** What the user must be told where there is room for fewer workers than the bound allows. */
    public Optional<String> shortfall(int found) {
        Optional<String> bound = elastic.filter(range -> found < range.max())
                .map(range -> "training.workers is " + range)
                .or(() -> maxWorkers
                        .filter(most -> workers.isEmpty() && found < most)
                        .map(most -> "training.max-workers is " + most));
        return bound.map(told -> "Workers: " + found + ", as many as the cluster has slots (" + told + ")");
    }

    static TrainingConfig of(Keys keys) {
        int epochs = keys.whole("epochs", AT_LEAST_ONE);
        BatchSize batch = BatchSize.of(keys);
        Optional<ElasticWorkers> elastic = keys.is(ConfigValueType.OBJECT, "workers")
                ? Optional.of(ElasticWorkers.of(keys.under("workers")))
                : Optional.empty();
        Optional<Integer> workers = elastic.isPresent() ? Optional.empty() : keys.optionalWhole("workers", 1);
        int averagingFrequency = keys.whole("averaging-frequency", AT_LEAST_ONE);
        Optimizer optimizer = Optimizer.of(keys.under("optimizer"));
        return new TrainingConfig(
                epochs,
                batch,
                keys.longWhole("seed"),
                keys.bool("drop-last"),
                keys.choice("strategy", Strategy.class),
                workers,
                elastic,
                keys.optionalWhole("max-workers", 1),
                averagingFrequency,
                keys.duration("averaging-timeout"),
                optimizer,
                keys.isGiven("optimizer"),
                ScheduleConfig.of(keys.under("schedule"), optimizer.learningRate(), epochs),
                classWeights(keys),
                ClippingConfig.of(keys.under("gradient-clipping")),
                Augmentation.read(keys.groups("augmentation", "a list of groups, e.g. [{name = flip}]")),
                EarlyStoppingConfig.of(keys.under("early-stopping")),
                CheckpointConfig.of(keys.under("checkpoint")));
    }

    private static List<Double> classWeights(Keys keys) {
        List<Double> weights = keys.optionalNumbers("class-weights").orElse(List.of());
        weights.forEach(weight ->
                keys.require(CLASS_WEIGHT.contains(weight), "class-weights", weights, CLASS_WEIGHT.wanted(weight)));
        return weights;
    }
}
