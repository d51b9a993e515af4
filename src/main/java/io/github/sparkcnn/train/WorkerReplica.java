package io.github.sparkcnn.train;

import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.data.ImageShape;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.LearningRates;
import io.github.sparkcnn.network.NetworkDefinition;
import io.github.sparkcnn.network.NetworkState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;

/** A worker's network and replica, kept in the executor from epoch to epoch: opening one costs as much as many steps. */
final class WorkerReplica implements AutoCloseable {

    /** By run and rank. An executor works for one run at a time, so another run's replicas are closed when a new one comes. */
    private static final Map<Key, WorkerReplica> OPEN = new HashMap<>();

    private final Model network;
    private final Replica replica;
    private final LearningRates learningRates;

    private record Key(String run, int rank) {}

    private WorkerReplica(Model network, Replica replica) {
        this.network = network;
        this.replica = replica;
        this.learningRates = new LearningRates(network);
    }

    /** This executor's replica of the run's network for a rank, opened at its first epoch here. */
    static WorkerReplica of(
            String run, int rank, NetworkDefinition definition, ImageShape shape, KernelOptions options) {
        synchronized (OPEN) {
            List<Key> stale =
                    OPEN.keySet().stream().filter(key -> !key.run().equals(run)).toList();
            stale.forEach(key -> OPEN.remove(key).close());
            return OPEN.computeIfAbsent(new Key(run, rank), key -> {
                Model network = definition.build();
                return new WorkerReplica(network, Kernels.open(network, shape, options));
            });
        }
    }

    /** Closes every replica of the run in this JVM. */
    static void closeAll(String run) {
        synchronized (OPEN) {
            List<Key> ended = new ArrayList<>(OPEN.keySet());
            ended.removeIf(key -> !key.run().equals(run));
            ended.forEach(key -> OPEN.remove(key).close());
        }
    }

    Replica replica() {
        return replica;
    }

    LearningRates learningRates() {
        return learningRates;
    }

    void load(NetworkState state) {
        state.applyTo(network);
    }

    NetworkState state() {
        return NetworkState.of(network);
    }

    /** Parameters and updater state as one vector, in place. */
    FloatVector vector() {
        return FloatVector.of(NetworkState.views(network));
    }

    @Override
    public void close() {
        replica.close();
    }
}
