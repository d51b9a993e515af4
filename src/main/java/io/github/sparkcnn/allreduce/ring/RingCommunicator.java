package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Contributions;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.RingAverage;
import io.github.sparkcnn.allreduce.RingPlan;
import io.github.sparkcnn.allreduce.SegmentHeader;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;

/**
 * A seat in a ring over Spark's network. Each worker holds one connection to its right neighbour, on which its segments
 * leave, and is held one by its left; small messages go both ways on both. A worker sends to the right only after its
 * neighbour has said READY for the same averaging, so that nothing is ever buffered: what arrives goes straight into the
 * vector. All methods but the communicator's own run on Netty's threads and never wait.
 */
final class RingCommunicator implements Communicator {
    private final Seat seat;
    private final Duration timeout;
    private final Vigil vigil;
    private final Neighbour left;
    private final Neighbour right;
    private final Outbox outbox;

    // Guarded by this.
    private RingAverage current;
    private long averaging;
    private WorkerLostException lost;
    private boolean closed;

    RingCommunicator(Seat seat, Duration timeout) {
        this.seat = seat;
        this.timeout = timeout;
        this.vigil = new Vigil(this, timeout);
        this.left = seat.left();
        this.right = seat.right();
        this.outbox = new Outbox(this, right, this::progress, reason -> lose(right.lost(reason)));
    }

    /** Greets the right neighbour and waits for the left one. */
    void connect(Transport.Endpoint endpoint, RingHandler handler) {
        try {
            right.connected(endpoint.connect(right.address()));
            handler.serve(this);
            right.ask(seat.hello(), timeout.toMillis());
        } catch (IOException | RuntimeException e) {
            lose(right.lost("no connection: " + Visible.firstLine(e)));
        } catch (InterruptedException e) {
            interrupted();
        }
        waitFor(left::isConnected);
    }

    @Override
    public int rank() {
        return seat.rank();
    }

    @Override
    public int size() {
        return seat.size();
    }

    @Override
    public Averaging start(FloatVector vector, Contribution own) {
        RingPlan plan = new RingPlan(rank(), size(), vector.length(), RingPlan.SEGMENT);
        long number;
        synchronized (this) {
            requireReady();
            number = ++averaging;
            vigil.progressed();
            outbox.begin(number, plan.messages());
            current = new RingAverage(seat.token(), number, plan, vector, own, outbox::send);
            current.start();
        }
        left.tell(Message.of(Message.Kind.READY, out -> out.writeLong(number)));
        return this::await;
    }

    private void requireReady() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        seat.leaving().ifPresent(neighbour -> lose(neighbour.lost("it has left")));
        if (lost != null) {
            throw lost;
        }
        if (current != null) {
            throw new IllegalStateException("one averaging at a time");
        }
    }

    @Override
    public void fail(String reason) {
        lose(seat.lost(reason));
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (current != null) {
                lose(seat.lost("closed in the middle of an averaging"));
            }
            seat.leave();
            closed = true;
        }
        seat.hangUp();
    }

    private Contributions await() {
        RingAverage average = current;
        try {
            waitFor(() -> average.complete() && outbox.isDone());
        } catch (WorkerLostException e) {
            average.cancel();
            throw e;
        }
        synchronized (this) {
            current = null;
        }
        return average.contributions();
    }

    /** When this fails the channels are closed: nobody reads the vector any more. */
    private void waitFor(BooleanSupplier condition) {
        try {
            vigil.await(() -> lost != null || condition.getAsBoolean(), this::stalled);
        } catch (InterruptedException e) {
            interrupted();
        }
        WorkerLostException loss;
        synchronized (this) {
            loss = lost;
        }
        if (loss != null) {
            seat.hangUp();
            throw loss;
        }
    }

    private void stalled(int timeouts) {
        if (timeouts > 1) {
            lose(left.lost("nothing came for " + vigil.seconds(timeouts)));
            return;
        }
        // Whose neighbours answer and take part waits for the verdict of those who sit nearer to the culprit.
        left.probe(averaging, vigil).ifPresent(this::lose);
        right.probe(averaging, vigil).ifPresent(this::lose);
    }

    private void interrupted() {
        Thread.currentThread().interrupt();
        lose(seat.lost("interrupted"));
    }

    // What follows is called from Netty's threads.

    synchronized ByteBuffer pong() {
        return ByteBuffer.allocate(Long.BYTES).putLong(averaging).flip();
    }

    boolean isNeighbour(TransportClient client) {
        return seat.isNeighbour(client);
    }

    synchronized void welcome(TransportClient client, long token, RunAttempt itsRun, int itsRank) {
        seat.welcome(client, token, itsRun, itsRank);
        notifyAll();
    }

    void ready(TransportClient client, long itsAveraging) {
        try {
            outbox.ready(itsAveraging);
        } catch (IllegalArgumentException e) {
            lose(seat.at(client).lost("sent nonsense: " + e.getMessage()));
            return;
        }
        progress();
    }

    synchronized void bye(TransportClient client) {
        Neighbour neighbour = seat.at(client);
        neighbour.leaves();
        boolean tooEarly = current != null && (right.isAt(client) ? !outbox.isDone() : !current.complete());
        if (tooEarly) {
            lose(neighbour.lost("it has left"));
        }
    }

    void disconnected(TransportClient client) {
        if (isNeighbour(client) && !seat.at(client).isLeaving()) {
            lose(seat.at(client).lost("its connection was closed"));
        }
    }

    StreamCallbackWithID segment(ByteBuffer headerBytes) {
        RingAverage average;
        try {
            SegmentHeader header = SegmentHeader.decode(headerBytes);
            synchronized (this) {
                average = current;
            }
            if (average == null || header.token() != seat.token()) {
                throw new IllegalArgumentException("a segment that nobody waits for");
            }
            average.begin(header);
        } catch (RuntimeException e) {
            lose(left.lost("sent nonsense: " + e.getMessage()));
            throw e;
        }
        return new IncomingSegment(average, this::progress, reason -> lose(left.lost(reason)));
    }

    /** Ends this worker's part in the run with the first reason that comes, and tells the neighbours, who tell theirs. */
    synchronized void lose(WorkerLostException reason) {
        if (lost != null || closed) {
            return;
        }
        lost = reason;
        notifyAll();
        outbox.clear();
        seat.abort(reason);
    }

    private synchronized void progress() {
        vigil.progressed();
        if (current != null && current.complete() && outbox.isDone()) {
            notifyAll();
        }
    }
}
