package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.allreduce.SegmentHeader;
import io.github.sparkcnn.allreduce.memory.MemoryOut;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.spark.network.client.RpcResponseCallback;

/**
 * Segments on their way to a right neighbour: they wait for room in shared memory, where there is any, until the neighbour is ready,
 * and for its acknowledgement.
 */
final class Outbox {
    private final Object lock;
    private final Neighbour right;
    private final Runnable acknowledged;
    private final Consumer<String> failed;
    private final Queue<Unpacked> unpacked = new ArrayDeque<>();
    private final Queue<Parcel> unsent = new ArrayDeque<>();
    private Optional<Parcel.InMemory> open = Optional.empty();
    private long averaging;
    private long ready;
    private int unacknowledged;

    private record Unpacked(SegmentHeader header, ByteBuffer floats) {}

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

    /** Sends a segment now, or with others that come before the next {@link #flush}. */
    void send(SegmentHeader header, ByteBuffer floats) {
        synchronized (lock) {
            unpacked.add(new Unpacked(header, floats));
            pack();
            sendPacked();
        }
    }

    /** Keeps nothing back for others to come. */
    void flush() {
        synchronized (lock) {
            open.ifPresent(unsent::add);
            open = Optional.empty();
            sendPacked();
        }
    }

    /** The neighbour expects the segments of this averaging. */
    void ready(long number) {
        synchronized (lock) {
            if (number < ready) {
                throw new IllegalArgumentException("ready for " + number + " after " + ready);
            }
            ready = number;
            sendPacked();
        }
    }

    /** As long as there is room, whether the neighbour is ready or not: who waits for it copies meanwhile. */
    private void pack() {
        Optional<MemoryOut> memory = right.memory();
        if (memory.isEmpty()) {
            unpacked.forEach(each -> unsent.add(new Parcel.Upload(each.header(), each.floats())));
            unpacked.clear();
            return;
        }
        while (!unpacked.isEmpty()) {
            Unpacked next = unpacked.element();
            OptionalInt slot = memory.get().put(next.floats());
            if (slot.isEmpty()) {
                return;
            }
            Parcel.InMemory parcel = open.orElseGet(() -> new Parcel.InMemory(memory.get()));
            parcel.add(slot.getAsInt(), next.floats().remaining(), next.header());
            open = Optional.of(parcel);
            unpacked.remove();
            if (parcel.isFull()) {
                unsent.add(parcel);
                open = Optional.empty();
            }
        }
    }

    private void sendPacked() {
        while (ready == averaging && !unsent.isEmpty()) {
            Parcel parcel = unsent.remove();
            right.send(parcel, new Acknowledgement(parcel));
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
            unpacked.clear();
            unsent.clear();
            open = Optional.empty();
        }
    }

    private final class Acknowledgement implements RpcResponseCallback {
        private final Parcel parcel;

        Acknowledgement(Parcel parcel) {
            this.parcel = parcel;
        }

        @Override
        public void onSuccess(ByteBuffer response) {
            synchronized (lock) {
                unacknowledged -= parcel.segments();
                parcel.taken();
                pack();
            }
            acknowledged.run();
        }

        @Override
        public void onFailure(Throwable e) {
            failed.accept("could not be sent to: " + Visible.firstLine(e));
        }
    }
}
