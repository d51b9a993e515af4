package io.github.sparkcnn.train;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Contributions;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.NetworkDefinition;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.PeakMemory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * A worker's network and replica, kept in the executor from epoch to epoch: opening one costs as much as many steps. It
 * belongs to the task that took it until that closes it: when Spark repeats a stage, a task of the attempt before may still be
 * in the middle of a step, and the repeated one then opens a replica of its own.
 */
final class WorkerReplica implements AutoCloseable {

    /** Those that no task uses. An executor works for one run at a time, so another run's are freed when a new one comes. */
    private static final Deque<WorkerReplica> IDLE = new ArrayDeque<>();

    private final String run;
    private final Replica replica;

    private WorkerReplica(String run, Replica replica) {
        this.run = run;
        this.replica = replica;
    }

    /** Takes one of this executor's replicas of the run's network, or opens one. */
    static WorkerReplica take(String run, NetworkDefinition definition, ImageShape shape, KernelOptions options) {
        synchronized (IDLE) {
            freeIf(idle -> !idle.run.equals(run));
            if (!IDLE.isEmpty()) {
                return IDLE.pop();
            }
        }
        PeakMemory.resetInExecutor();
        return new WorkerReplica(run, Engines.open(definition.build(), shape, options));
    }

    /** Frees every idle replica of the run in this JVM. */
    static void freeAll(String run) {
        freeIf(idle -> idle.run.equals(run));
    }

    private static void freeIf(Predicate<WorkerReplica> condition) {
        synchronized (IDLE) {
            List<WorkerReplica> ended = IDLE.stream().filter(condition).toList();
            IDLE.removeAll(ended);
            ended.forEach(idle -> idle.replica.close());
        }
    }

    Replica replica() {
        return replica;
    }

    void load(NetworkState state) {
        replica.write(state);
    }

    NetworkState state() {
        return replica.read();
    }

    /** What it computes on. */
    BackendReport backend() {
        return replica.backend();
    }

    /** Replaces parameters and updater state by the mean of all workers', in place. */
    Contributions average(Communicator workers, Contribution own) {
        return replica.lend(state -> workers.average(FloatVector.of(state.toArray(ByteBuffer[]::new)), own));
    }

    /** Leaves it for the run's next task. */
    @Override
    public void close() {
        synchronized (IDLE) {
            IDLE.push(this);
        }
    }
}
