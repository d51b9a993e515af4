package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.allreduce.SegmentHeader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.spark.network.client.RpcResponseCallback;

/** Segments on their way to a right neighbour: they wait until it is ready, and for its acknowledgement. */
final class Outbox {
    private final Object lock;
    private final Neighbour right;
    private final Runnable acknowledged;
    private final Consumer<String> failed;
    private final Queue<Runnable> unsent = new ArrayDeque<>();
    private long averaging;
    private long ready;
    private int unacknowledged;

    /**
     * An empty outbox.
     *
     * @param lock guards it: its owner's, since a failure is told while something is being sent
     * @param acknowledged called when the neighbour has a segment: its memory is read no more
     * @param failed called with the reason when a segment could not be sent
     */
    Outbox(Object lock, Neighbour right, Runnable acknowledged, Consumer<String> failed) {
        this.lock = lock;
        this.right = right;
        this.acknowledged = acknowledged;
        this.failed = failed;
    }

    /** An averaging begins in which so many segments will be sent. */
    void begin(long number, int segments) {
        synchronized (lock) {
            averaging = number;
            unacknowledged = segments;
        }
    }

    void send(SegmentHeader header, ByteBuffer floats) {
        synchronized (lock) {
            if (ready == averaging) {
                right.send(header, floats, new Acknowledgement());
            } else {
                unsent.add(() -> right.send(header, floats, new Acknowledgement()));
            }
        }
    }

    /** The neighbour expects the segments of this averaging. */
    void ready(long number) {
        synchronized (lock) {
            if (number < ready) {
                throw new IllegalArgumentException("ready for " + number + " after " + ready);
            }
            ready = number;
            if (ready == averaging) {
                unsent.forEach(Runnable::run);
                unsent.clear();
            }
        }
    }

    /** Whether every segment of the averaging has been sent and received. */
    boolean isDone() {
        synchronized (lock) {
            return unacknowledged == 0;
        }
    }

    /** Forgets what still waits. */
    void clear() {
        synchronized (lock) {
            unsent.clear();
        }
    }

    private final class Acknowledgement implements RpcResponseCallback {

        @Override
        public void onSuccess(ByteBuffer response) {
            synchronized (lock) {
                unacknowledged--;
            }
            acknowledged.run();
        }

        @Override
        public void onFailure(Throwable e) {
            failed.accept("could not be sent to: " + Visible.firstLine(e));
        }
    }
}
