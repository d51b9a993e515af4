package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.BatchSize;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.device.ClusterProbe;
import io.github.sparkcnn.device.ClusterShape;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.Network;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code dl4j-averaging}: Deeplearning4j's training master, whose tasks need not run at the same time. */
record Dl4jAveragingStrategy(Configuration configuration) implements TrainingStrategy {

    @Override
    public void requireTrainable(String network, boolean isSequential) {
        if (!isSequential) {
            throw new UserException(
                    "train " + network + " with dl4j-averaging",
                    "Deeplearning4j's training master is used for networks without branches only",
                    "Use all-reduce or local");
        }
    }

    @Override
    public void requireCheckpointing() {
        configuration.training().checkpoint().withinEpochs().ifPresent(every -> {
            throw new UserException(
                    "write checkpoints every "
                            + configuration.training().checkpoint().everyMinutes() + " minutes with dl4j-averaging",
                    "it cannot go on from the middle of an epoch",
                    "Set training.checkpoint.every-minutes to 0, or training.strategy to all-reduce or local");
        });
    }

    @Override
    public void requireRoom(ClusterProbe cluster, int workers) {
        ClusterShape shape = cluster.shape(Optional.of(workers));
        if (configuration.device().onGpus()) {
            shape.requireGpus(workers);
        }
    }

    @Override
    public Optional<String> notice(int workers) {
        return Stream.of(TrainingStrategy.super.notice(workers), uneven(workers))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + ". " + other);
    }

    private Optional<String> uneven(int workers) {
        BatchSize batch = configuration.training().batch();
        return batch.isTotal() && batch.images() % workers != 0
                ? Optional.of("dl4j-averaging weighs workers alike, who have " + batch.ofEach(workers) + " images of "
                        + batch.key() + " = " + batch.images())
                : Optional.empty();
    }

    @Override
    public Trainer open(JavaSparkContext spark, DealtImages images, Network network, Replica replica, UpdateRule rule) {
        return new Dl4jAveragingTrainer(
                spark,
                network,
                images,
                configuration.training(),
                ReplicaOptions.ofWorker(spark.getConf(), configuration, rule));
    }
}
