package io.github.sparkcnn.allreduce;

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
    /** Floats in a message: 256 KiB, which still lie in the L2 cache when they are merged and passed on. */
    static final int SEGMENT = 1 << 16;

    private final Ring ring;
    private final Run run;
    private final int rank;
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

    RingCommunicator(Ring ring, Run run, int rank, Duration timeout) {
        this.ring = ring;
        this.run = run;
        this.rank = rank;
        this.timeout = timeout;
        this.vigil = new Vigil(this, timeout);
        this.left = neighbour(rank - 1);
        this.right = neighbour(rank + 1);
        this.outbox = new Outbox(this, right, this::progress, reason -> lose(right.lost(reason)));
    }

    private Neighbour neighbour(int itsRank) {
        int seat = Math.floorMod(itsRank, size());
        return new Neighbour(seat, ring.workers().get(seat));
    }

    /** Greets the right neighbour and waits for the left one. */
    void connect(Network.Endpoint endpoint, RingHandler handler) {
        try {
            TransportClient client = endpoint.connect(ring.workers().get(right.rank()));
            right.connected(client);
            handler.serve(this);
            client.sendRpcSync(
                    Message.of(Message.Kind.HELLO, out -> {
                        out.writeLong(ring.token());
                        Message.writeRun(out, run);
                        out.writeInt(rank);
                    }),
                    timeout.toMillis());
        } catch (IOException | RuntimeException e) {
            lose(right.lost("no connection: " + WorkerLostException.firstLine(e)));
        } catch (InterruptedException e) {
            interrupted();
        }
        waitFor(left::isConnected);
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return ring.workers().size();
    }

    @Override
    public Averaging start(FloatVector vector, Contribution own) {
        RingPlan plan = new RingPlan(rank, size(), vector.length(), SEGMENT);
        long number;
        synchronized (this) {
            requireReady();
            number = ++averaging;
            vigil.progressed();
            outbox.begin(number, plan.messages());
            current = new RingAverage(ring.token(), number, plan, vector, own, outbox::send);
            current.start();
        }
        left.tell(Message.of(Message.Kind.READY, out -> out.writeLong(number)));
        return this::await;
    }

    private void requireReady() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        for (Neighbour neighbour : new Neighbour[] {left, right}) {
            if (neighbour.isLeaving()) {
                lose(neighbour.lost("it has left"));
            }
        }
        if (lost != null) {
            throw lost;
        }
        if (current != null) {
            throw new IllegalStateException("one averaging at a time");
        }
    }

    @Override
    public void fail(String reason) {
        lose(ownLoss(reason));
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (current != null) {
                lose(ownLoss("closed in the middle of an averaging"));
            }
            part(Message.of(Message.Kind.BYE));
            closed = true;
        }
        hangUp();
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
            hangUp();
            throw loss;
        }
    }

    private void stalled(int timeouts) {
        if (timeouts > 1) {
            lose(left.lost("nothing came for " + vigil.seconds(timeouts)));
            return;
        }
        // Whose neighbours answer and take part waits for the verdict of those who sit nearer to the culprit.
        probe(left);
        probe(right);
    }

    private void probe(Neighbour neighbour) {
        if (!neighbour.isConnected()) {
            lose(neighbour.lost("did not say hello within " + vigil.seconds(1)));
            return;
        }
        try {
            if (neighbour.ping(vigil.answerMillis()) < averaging) {
                lose(neighbour.lost("has not come to averaging " + averaging + " within " + vigil.seconds(1)));
            }
        } catch (RuntimeException e) {
            lose(neighbour.lost("no sign of life within " + vigil.seconds(1)));
        }
    }

    private void interrupted() {
        Thread.currentThread().interrupt();
        lose(ownLoss("interrupted"));
    }

    private WorkerLostException ownLoss(String reason) {
        return new WorkerLostException(rank, ring.workers().get(rank).toString(), reason);
    }

    // What follows is called from Netty's threads.

    synchronized ByteBuffer pong() {
        return ByteBuffer.allocate(Long.BYTES).putLong(averaging).flip();
    }

    boolean isNeighbour(TransportClient client) {
        return left.isAt(client) || right.isAt(client);
    }

    synchronized void welcome(TransportClient client, long token, Run itsRun, int itsRank) {
        if (token != ring.token() || !itsRun.equals(run) || itsRank != left.rank() || left.isConnected()) {
            throw new SecurityException("worker " + itsRank + " of " + itsRun + " is not the left neighbour of worker "
                    + rank + " of " + run);
        }
        left.connected(client);
        notifyAll();
    }

    void ready(TransportClient client, long itsAveraging) {
        try {
            outbox.ready(itsAveraging);
        } catch (IllegalArgumentException e) {
            lose(at(client).lost("sent nonsense: " + e.getMessage()));
            return;
        }
        progress();
    }

    synchronized void bye(TransportClient client) {
        Neighbour neighbour = at(client);
        neighbour.leaves();
        boolean tooEarly = current != null && (right.isAt(client) ? !outbox.isDone() : !current.complete());
        if (tooEarly) {
            lose(neighbour.lost("it has left"));
        }
    }

    void disconnected(TransportClient client) {
        if (isNeighbour(client) && !at(client).isLeaving()) {
            lose(at(client).lost("its connection was closed"));
        }
    }

    private Neighbour at(TransportClient client) {
        return right.isAt(client) ? right : left;
    }

    StreamCallbackWithID segment(ByteBuffer headerBytes) {
        RingAverage average;
        try {
            SegmentHeader header = SegmentHeader.decode(headerBytes);
            synchronized (this) {
                average = current;
            }
            if (average == null || header.token() != ring.token()) {
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
        part(Message.of(Message.Kind.ABORT, out -> {
            out.writeInt(reason.rank());
            out.writeUTF(reason.host());
            out.writeUTF(reason.reason());
        }));
    }

    private synchronized void progress() {
        vigil.progressed();
        if (current != null && current.complete() && outbox.isDone()) {
            notifyAll();
        }
    }

    private void part(ByteBuffer lastWord) {
        left.part(lastWord);
        right.part(lastWord);
    }

    private void hangUp() {
        left.hangUp();
        right.hangUp();
    }
}
