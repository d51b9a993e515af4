package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkDefinition;
import io.github.sparkcnn.track.PeakMemory;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * A worker's replica, kept in the executor from task to task: opening one costs as much as many steps. It belongs to the task
 * that took it until that closes it: when Spark repeats a stage, a task of the attempt before may still be in the middle of a
 * step, and the repeated one then opens a replica of its own.
 */
final class KeptReplica implements AutoCloseable {

    /** Those that no task uses. An executor works for one run at a time, so another run's are freed when a new one comes. */
    private static final Deque<KeptReplica> IDLE = new ArrayDeque<>();

    private final String run;
    private final Network network;
    private final Replica replica;

    /**
     * What it takes to open one, in any executor.
     *
     * @param run the same for all that may be taken for each other
     */
    record Recipe(String run, NetworkDefinition network, ImageShape shape, KernelOptions kernels)
            implements Serializable {}

    private KeptReplica(Recipe recipe) {
        this.run = recipe.run();
        this.network = recipe.network().build();
        this.replica = Engines.open(network, recipe.shape(), recipe.kernels());
    }

    /** Takes one of this executor's replicas of the run, in whatever state, or opens one. */
    static KeptReplica take(Recipe recipe) {
        synchronized (IDLE) {
            freeIf(idle -> !idle.run.equals(recipe.run()));
            if (!IDLE.isEmpty()) {
                return IDLE.pop();
            }
        }
        PeakMemory.resetInExecutor();
        return new KeptReplica(recipe);
    }

    /** Frees every idle replica of the run in this JVM. */
    static void freeAll(String run) {
        freeIf(idle -> idle.run.equals(run));
    }

    private static void freeIf(Predicate<KeptReplica> condition) {
        synchronized (IDLE) {
            List<KeptReplica> ended = IDLE.stream().filter(condition).toList();
            IDLE.removeAll(ended);
            ended.forEach(idle -> idle.replica.close());
        }
    }

    /** What the replica was opened on; where its state is kept is the engine's affair. */
    Network network() {
        return network;
    }

    Replica replica() {
        return replica;
    }

    /** Leaves it for the run's next task. */
    @Override
    public void close() {
        synchronized (IDLE) {
            IDLE.push(this);
        }
    }
}
