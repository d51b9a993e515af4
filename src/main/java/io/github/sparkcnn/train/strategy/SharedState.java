package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.train.stage.WorkOrder;
import io.github.sparkcnn.train.stage.WorkerCalls;
import java.nio.ByteBuffer;

/**
 * The state that the workers' replicas have in common between two orders. One worker fetches it from the driver, and the others
 * have it from that one; after an epoch all have what the last averaging came to, and need not fetch anything.
 */
final class SharedState {

    /** The worker that speaks for all: the largest share is its own, so that it has counted every step. */
    static final int SPEAKER = 0;

    private static final int NONE = -1;

    private final Replica replica;
    private final WorkerCalls driver;
    private final Communicator workers;
    private int version = NONE;

    SharedState(Replica replica, WorkerCalls driver, Communicator workers) {
        this.replica = replica;
        this.driver = driver;
        this.workers = workers;
    }

    /** Brings the replica to what the order starts from. All workers come to each order, and hold the same version. */
    void goOnFrom(WorkOrder order) {
        WorkOrder.Start start = order.start();
        if (start.version() != version) {
            if (isSpeaker()) {
                replica.write(driver.start(order));
            }
            copyFromSpeaker();
            version = start.version();
        }
        replica.count(start.iteration(), start.epoch());
    }

    /** A mean in which one vector alone has a weight is that vector, bit for bit. */
    private void copyFromSpeaker() {
        if (workers.size() > 1) {
            Contribution own = new Contribution(isSpeaker() ? 1 : 0);
            replica.lend(state -> workers.average(FloatVector.of(state.toArray(ByteBuffer[]::new)), own));
        }
    }

    /** An epoch was trained from it: it is the next version, which the driver gets. */
    void trained(WorkOrder order) {
        version++;
        if (isSpeaker()) {
            driver.trained(order, replica.read());
        }
    }

    boolean isSpeaker() {
        return workers.rank() == SPEAKER;
    }
}
