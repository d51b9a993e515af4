package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.device.ClusterProbe;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.Network;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code local}: the driver's replica trains, whatever there is of a cluster. */
record LocalStrategy(Configuration configuration) implements TrainingStrategy {

    @Override
    public int workers(ClusterProbe cluster) {
        return 1;
    }

    @Override
    public void requireRoom(ClusterProbe cluster, int workers) {
        // The driver is there.
    }

    @Override
    public Optional<String> notice(int workers) {
        return configuration
                .training()
                .workers()
                .filter(asked -> asked != 1)
                .map(asked -> "training.workers = " + asked
                        + " has no effect: training.strategy = local is one replica on all cores");
    }

    @Override
    public Optional<String> noticeOnCluster(int workers) {
        return Optional.of("training.strategy = local trains in the driver alone; the executors only read images."
                + " all-reduce trains on them");
    }

    @Override
    public Trainer open(JavaSparkContext spark, DealtImages images, Network network, Replica replica, UpdateRule rule) {
        return new LocalTrainer(
                replica,
                images.training().fetch(),
                images.plan(),
                configuration.training().checkpoint().withinEpochs(),
                images.lossSpacing());
    }
}
