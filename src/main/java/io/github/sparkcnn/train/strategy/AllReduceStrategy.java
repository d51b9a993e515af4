package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.allreduce.transport.Transport;
import io.github.sparkcnn.config.CheckpointConfig;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.device.ClusterProbe;
import io.github.sparkcnn.device.ClusterShape;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.Network;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code all-reduce}: the workers of a barrier stage, which needs all of them at once, average among themselves. */
record AllReduceStrategy(Configuration configuration) implements TrainingStrategy {

    @Override
    public void requireRoom(ClusterProbe cluster, int workers) {
        Transport.requireUsable();
        ClusterShape shape = cluster.shape(Optional.of(workers));
        if (configuration.device().onGpus()) {
            shape.requireGpus(workers);
        }
        shape.requireSlots(workers);
    }

    @Override
    public void requireElasticity() {
        CheckpointConfig checkpoint = configuration.training().checkpoint();
        configuration.training().elastic().ifPresent(range -> {
            configuration.training().batch().requireSharedBy(range.max());
            checkpoint.withinEpochs().ifPresent(every -> {
                throw new UserException(
                        "train with training.workers = " + range,
                        "training.checkpoint.every-minutes is " + checkpoint.everyMinutes()
                                + ", and a part of an epoch is of the workers who have trained it",
                        "Set training.checkpoint.every-minutes to 0, or training.workers to a number");
            });
        });
    }

    @Override
    public boolean workersEvaluate() {
        return true;
    }

    @Override
    public Trainer open(JavaSparkContext spark, DealtImages images, Network network, Replica replica, UpdateRule rule) {
        KernelOptions kernels = ReplicaOptions.ofWorker(spark.getConf(), configuration, rule);
        BiFunction<DealtImages, Runnable, Trainer> open = (dealt, lookout) -> new AllReduceTrainer(
                spark,
                network,
                dealt,
                configuration.training(),
                kernels,
                configuration.device().averaging(),
                lookout);
        ClusterProbe cluster = new ClusterProbe(spark.sc());
        IntSupplier slots = () -> cluster.slots(configuration.device().onGpus());
        return configuration
                .training()
                .elastic()
                .<Trainer>map(range -> new ElasticTrainer(range, slots, images, open))
                .orElseGet(() -> open.apply(images, () -> {}));
    }
}
