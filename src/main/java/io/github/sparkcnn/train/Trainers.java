package io.github.sparkcnn.train;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.config.TrainingConfig.Strategy;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.device.ClusterShape;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Architectures;
import io.github.sparkcnn.network.Network;
import java.util.Collections;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Opens the strategy that the configuration names. */
final class Trainers {

    private Trainers() {}

    static Trainer open(
            JavaSparkContext spark,
            TrainingImages images,
            Configuration configuration,
            Network network,
            Replica driverReplica) {
        TrainingConfig training = configuration.training();
        MinibatchPlan plan = plan(images, training);
        return switch (training.strategy()) {
            case LOCAL -> new LocalTrainer(driverReplica, images.shares().fetch(), plan);
            case DL4J_AVERAGING ->
                new Dl4jAveragingTrainer(
                        spark,
                        network.chain().orElseThrow(),
                        images.shares(),
                        plan,
                        configuration.data().classes(),
                        training,
                        ReplicaOptions.ofWorker(spark.getConf(), configuration));
            case ALL_REDUCE ->
                new AllReduceTrainer(
                        spark,
                        network,
                        images.shares(),
                        plan,
                        training,
                        ReplicaOptions.ofWorker(spark.getConf(), configuration));
        };
    }

    /** Optimizer steps of one worker in an epoch: those of the largest share. */
    static long iterations(TrainingImages images, TrainingConfig training) {
        return plan(images, training).count(Collections.max(images.shares().sizes()));
    }

    private static MinibatchPlan plan(TrainingImages images, TrainingConfig training) {
        return new MinibatchPlan(
                images.scale(), training.batchSize(), training.dropLast(), training.seed(), training.augmentation());
    }

    /** The replicas that train at the same time. */
    static int workers(JavaSparkContext spark, TrainingConfig training) {
        return switch (training.strategy()) {
            case LOCAL -> 1;
            case DL4J_AVERAGING, ALL_REDUCE ->
                training.workers()
                        .orElseGet(() -> Math.max(
                                1,
                                new Cluster(spark.sc()).shape(Optional.empty()).slots()));
        };
    }

    /** Says that the strategy has one replica, where several workers are asked for. */
    static Optional<String> ignoredWorkers(TrainingConfig training) {
        return training.workers()
                .filter(asked -> asked != 1 && training.strategy() == Strategy.LOCAL)
                .map(asked -> "training.workers = " + asked
                        + " has no effect: training.strategy = local is one replica on all cores");
    }

    /** Refuses a network that the strategy cannot train. */
    static void requireTrainable(Configuration configuration) {
        String network = configuration.network().name();
        if (configuration.training().strategy() == Strategy.DL4J_AVERAGING && !Architectures.isSequential(network)) {
            throw new UserException(
                    "train " + network + " with dl4j-averaging",
                    "Deeplearning4j's training master is used for networks without branches only",
                    "Use all-reduce or local");
        }
    }

    /** Refuses more workers than can be there at once, before any data move. */
    static void requireRoom(JavaSparkContext spark, Configuration configuration, int workers) {
        Strategy strategy = configuration.training().strategy();
        if (strategy == Strategy.LOCAL) {
            return;
        }
        ClusterShape shape = new Cluster(spark.sc()).shape(Optional.of(workers));
        if (configuration.device().backend() == Backend.CUDA) {
            shape.requireGpus(workers);
        }
        if (strategy == Strategy.ALL_REDUCE) {
            shape.requireSlots(workers);
        }
    }
}
