package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Contributions;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.LearningRates;
import io.github.sparkcnn.network.NetworkState;
import org.deeplearning4j.nn.api.Model;

/** A network and its replica, for training: steps at a given rate, takes and gives its state, takes part in averagings. */
final class TrainingReplica {

    private final Model network;
    private final Replica replica;
    private final LearningRates learningRates;
    private final FloatVector vector;

    /** The rates that the network has now are those of a factor of 1. */
    TrainingReplica(Model network, Replica replica) {
        this.network = network;
        this.replica = replica;
        this.learningRates = new LearningRates(network);
        this.vector = FloatVector.of(NetworkState.views(network));
    }

    /** One optimizer step; the mean loss over the minibatch, before the update. */
    double step(Minibatch batch, double rateFactor, long seed) {
        learningRates.scale(rateFactor);
        return replica.step(batch, seed);
    }

    /** Replaces parameters and updater state by the mean of all workers', in place; those of a worker alone stay where they are. */
    Contributions average(Communicator workers, Contribution own) {
        if (workers.size() == 1) {
            return workers.average(FloatVector.of(), own);
        }
        NetworkState.fetch(network);
        Contributions all = workers.average(vector, own);
        NetworkState.written(network);
        return all;
    }

    void load(NetworkState state) {
        state.applyTo(network);
    }

    NetworkState state() {
        return NetworkState.of(network);
    }

    Model network() {
        return network;
    }

    /** What it computes on. */
    BackendReport backend() {
        return replica.backend();
    }

    /** Frees what the replica holds. */
    void free() {
        replica.close();
    }
}
