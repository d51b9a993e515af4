package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.device.ClusterProbe;
import io.github.sparkcnn.device.ClusterShape;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.Network;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code all-reduce}: the workers of a barrier stage, which needs all of them at once, average among themselves. */
record AllReduceStrategy(Configuration configuration) implements TrainingStrategy {

    @Override
    public void requireRoom(ClusterProbe cluster, int workers) {
        ClusterShape shape = cluster.shape(Optional.of(workers));
        if (configuration.device().backend() == Backend.CUDA) {
            shape.requireGpus(workers);
        }
        shape.requireSlots(workers);
    }

    @Override
    public boolean workersEvaluate() {
        return true;
    }

    @Override
    public Trainer open(
            JavaSparkContext spark,
            Shares shares,
            Optional<TestShares> test,
            MinibatchPlan plan,
            Network network,
            Replica replica,
            UpdateRule rule) {
        return new AllReduceTrainer(
                spark,
                network,
                shares,
                test,
                plan,
                configuration.training(),
                ReplicaOptions.ofWorker(spark.getConf(), configuration, rule));
    }
}
