package io.github.sparkcnn.allreduce;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
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
    private final long timeoutNanos;
    private final Network.Endpoint endpoint;
    private final int leftRank;
    private final int rightRank;

    // Guarded by this.
    private final Queue<Runnable> unsent = new ArrayDeque<>();
    private TransportClient left;
    private TransportClient right;
    private RingAverage current;
    private long averaging;
    private long rightReady;
    private int unacknowledged;
    private long lastProgress;
    private WorkerLostException lost;
    private boolean leftLeaves;
    private boolean rightLeaves;
    private boolean closed;

    RingCommunicator(Ring ring, Run run, int rank, Duration timeout, Network.Endpoint endpoint) {
        this.ring = ring;
        this.run = run;
        this.rank = rank;
        this.timeoutNanos = timeout.toNanos();
        this.endpoint = endpoint;
        this.leftRank = Math.floorMod(rank - 1, size());
        this.rightRank = (rank + 1) % size();
    }

    /** Greets the right neighbour and waits for the left one. */
    void connect(RingHandler handler) {
        try {
            TransportClient client = endpoint.connect(ring.workers().get(rightRank));
            synchronized (this) {
                right = client;
            }
            handler.serve(this);
            client.sendRpcSync(
                    Message.of(Message.Kind.HELLO, out -> {
                        out.writeLong(ring.token());
                        Message.writeRun(out, run);
                        out.writeInt(rank);
                    }),
                    TimeUnit.NANOSECONDS.toMillis(timeoutNanos));
        } catch (IOException | RuntimeException e) {
            lose(rightRank, "no connection: " + firstLine(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lose(rank, "interrupted");
        }
        try {
            waitFor(() -> left != null);
        } catch (WorkerLostException e) {
            hangUp();
            throw e;
        }
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
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            if (leftLeaves || rightLeaves) {
                lose(leftLeaves ? leftRank : rightRank, "it has left");
            }
            if (lost != null) {
                throw lost;
            }
            if (current != null) {
                throw new IllegalStateException("one averaging at a time");
            }
            averaging++;
            lastProgress = System.nanoTime();
            unacknowledged = plan.messages();
            current = new RingAverage(ring.token(), averaging, plan, vector, own, this::send);
            current.start();
        }
        long number = averaging;
        left.send(Message.of(Message.Kind.READY, out -> out.writeLong(number)));
        return this::await;
    }

    @Override
    public void fail(String reason) {
        lose(rank, reason);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (current != null) {
                lose(rank, "closed in the middle of an averaging");
            }
            if (lost == null) {
                tell(Message.of(Message.Kind.BYE));
            }
            closed = true;
        }
        hangUp();
    }

    private Contributions await() {
        RingAverage average = current;
        try {
            waitFor(() -> average.complete() && unacknowledged == 0);
        } catch (WorkerLostException e) {
            average.cancel();
            hangUp(); // when the channels are closed nobody reads the vector any more
            throw e;
        }
        synchronized (this) {
            current = null;
        }
        return average.contributions();
    }

    private interface Condition {
        boolean holds();
    }

    private void waitFor(Condition condition) {
        boolean probed = false;
        synchronized (this) {
            lastProgress = System.nanoTime();
        }
        while (true) {
            synchronized (this) {
                long patience = lastProgress + (probed ? 2 : 1) * timeoutNanos - System.nanoTime();
                while (lost == null && !condition.holds() && patience > 0) {
                    try {
                        TimeUnit.NANOSECONDS.timedWait(this, patience);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        lose(rank, "interrupted");
                    }
                    patience = lastProgress + (probed ? 2 : 1) * timeoutNanos - System.nanoTime();
                }
                if (lost != null) {
                    throw lost;
                }
                if (condition.holds()) {
                    return;
                }
            }
            if (probed) {
                lose(leftRank, "nothing came for " + seconds(2 * timeoutNanos));
            } else {
                // Whose neighbours answer and take part waits for the verdict of those who sit nearer to the culprit.
                probe(left, leftRank);
                probe(right, rightRank);
                probed = true;
            }
        }
    }

    private void probe(TransportClient neighbour, int itsRank) {
        if (neighbour == null) {
            lose(itsRank, "did not say hello within " + seconds(timeoutNanos));
            return;
        }
        long millis = Math.min(TimeUnit.NANOSECONDS.toMillis(timeoutNanos), 2000);
        try {
            long itsAveraging =
                    neighbour.sendRpcSync(Message.of(Message.Kind.PING), millis).getLong();
            if (itsAveraging < averaging) {
                lose(itsRank, "has not come to averaging " + averaging + " within " + seconds(timeoutNanos));
            }
        } catch (RuntimeException e) {
            lose(itsRank, "no sign of life within " + seconds(timeoutNanos));
        }
    }

    // What follows is called from Netty's threads.

    synchronized ByteBuffer pong() {
        return ByteBuffer.allocate(Long.BYTES).putLong(averaging).flip();
    }

    synchronized boolean neighbour(TransportClient client) {
        return client == left || client == right;
    }

    synchronized void welcome(TransportClient client, long token, Run itsRun, int itsRank) {
        if (token != ring.token() || !itsRun.equals(run) || itsRank != leftRank || left != null) {
            throw new SecurityException("worker " + itsRank + " of " + itsRun + " is not the left neighbour of worker "
                    + rank + " of " + run);
        }
        left = client;
        notifyAll();
    }

    synchronized void ready(TransportClient client, long itsAveraging) {
        if (client != right || itsAveraging < rightReady) {
            lose(client == right ? rightRank : leftRank, "sent nonsense: ready for " + itsAveraging);
            return;
        }
        rightReady = itsAveraging;
        lastProgress = System.nanoTime();
        if (rightReady == averaging) {
            unsent.forEach(Runnable::run);
            unsent.clear();
        }
    }

    synchronized void bye(TransportClient client) {
        leftLeaves |= client == left;
        rightLeaves |= client == right;
        if (leftLeaves && current != null && !current.complete()) {
            lose(leftRank, "it has left");
        }
        if (rightLeaves && current != null && unacknowledged > 0) {
            lose(rightRank, "it has left");
        }
    }

    synchronized void disconnected(TransportClient client) {
        if (client == left && !leftLeaves) {
            lose(leftRank, "its connection was closed");
        }
        if (client == right && !rightLeaves) {
            lose(rightRank, "its connection was closed");
        }
    }

    StreamCallbackWithID segment(ByteBuffer headerBytes) {
        SegmentHeader header;
        RingAverage average;
        try {
            header = SegmentHeader.decode(headerBytes);
            synchronized (this) {
                average = current;
            }
            if (average == null || header.token() != ring.token()) {
                throw new IllegalArgumentException("a segment that nobody waits for");
            }
            average.begin(header);
        } catch (RuntimeException e) {
            lose(leftRank, "sent nonsense: " + e.getMessage());
            throw e;
        }
        return new Segment(average);
    }

    /** Ends this worker's part in the run with the first reason that comes, and tells the neighbours, who tell theirs. */
    synchronized void lose(WorkerLostException reason) {
        if (lost != null || closed) {
            return;
        }
        lost = reason;
        notifyAll();
        tell(Message.of(Message.Kind.ABORT, out -> {
            out.writeInt(reason.rank());
            out.writeUTF(reason.host());
            out.writeUTF(reason.reason());
        }));
        unsent.clear();
        if (left != null) {
            closeSoon(left);
        }
        if (right != null) {
            closeSoon(right);
        }
    }

    private void lose(int itsRank, String reason) {
        lose(new WorkerLostException(itsRank, ring.workers().get(itsRank).toString(), reason));
    }

    private synchronized void send(SegmentHeader header, ByteBuffer floats) {
        if (rightReady == averaging) {
            upload(header, floats);
        } else {
            unsent.add(() -> upload(header, floats));
        }
    }

    private void upload(SegmentHeader header, ByteBuffer floats) {
        right.uploadStream(new NioManagedBuffer(header.encode()), new NioManagedBuffer(floats), new Acknowledgement());
    }

    private synchronized void progress(int acknowledged) {
        unacknowledged -= acknowledged;
        lastProgress = System.nanoTime();
        if (unacknowledged == 0 && current != null && current.complete()) {
            notifyAll();
        }
    }

    private void tell(ByteBuffer message) {
        if (left != null) {
            left.send(message.duplicate());
        }
        if (right != null) {
            right.send(message.duplicate());
        }
    }

    private void hangUp() {
        if (left != null) {
            left.close();
        }
        if (right != null) {
            right.close();
        }
    }

    /** After what is queued, and without waiting, which Netty's threads may not. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void closeSoon(TransportClient client) {
        client.getChannel().close();
    }

    private static String seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) / 1000.0 + " s";
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** The right neighbour has a segment: its memory is read no more. */
    private final class Acknowledgement implements RpcResponseCallback {

        @Override
        public void onSuccess(ByteBuffer response) {
            progress(1);
        }

        @Override
        public void onFailure(Throwable e) {
            lose(rightRank, "could not be sent to: " + firstLine(e));
        }
    }

    /** A segment on its way in. */
    private final class Segment implements StreamCallbackWithID {
        private final RingAverage average;

        Segment(RingAverage average) {
            this.average = average;
        }

        @Override
        public void onData(String id, ByteBuffer bytes) {
            guarded(() -> average.data(bytes));
        }

        @Override
        public void onComplete(String id) {
            guarded(average::end);
            progress(0);
        }

        @Override
        public void onFailure(String id, Throwable cause) {
            lose(leftRank, "its connection broke: " + firstLine(cause));
        }

        @Override
        public String getID() {
            return "segment";
        }

        private void guarded(Runnable action) {
            try {
                action.run();
            } catch (RuntimeException e) {
                lose(leftRank, "sent nonsense: " + e.getMessage());
                throw e;
            }
        }
    }
}
