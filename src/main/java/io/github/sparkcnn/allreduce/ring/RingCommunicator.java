package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.allreduce.Average;
import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Contributions;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.memory.MemoryOffer;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.network.client.TransportClient;

/**
 * A seat in a ring over Spark's network. Each worker holds one connection to its right neighbour, on which its segments leave, and
 * is held one by its left; where there are more than a few, likewise to and by some farther away ({@link Exchange#distances}). Small
 * messages go both ways on all. A worker sends to the right only after that neighbour has said READY for the same averaging, so that
 * nothing is buffered without bound: what arrives goes into the vector. Neighbours on one host leave the floats in memory that both
 * have mapped ({@link Greeting}). All methods but the communicator's own run on Netty's threads and never wait.
 */
final class RingCommunicator implements Communicator {
    private final Seat seat;
    private final boolean sharesMemory;
    private final Exchange.Rule rule;
    private final Vigil vigil;
    private final Lines lines;
    private final Inbox inbox;

    // Guarded by this.
    private Average current;
    private long averaging;
    private WorkerLostException lost;
    private boolean closed;

    RingCommunicator(Seat seat, Transport transport, Exchange.Rule rule) {
        this.seat = seat;
        this.sharesMemory = transport.sharesMemory();
        this.rule = rule;
        this.vigil = new Vigil(this, transport.timeout());
        this.lines = new Lines(seat, this, this::progress, this::lose);
        this.inbox = new Inbox(seat, this::underWay, this::progress, this::lose);
    }

    /** Greets the right neighbours and waits for the left ones. */
    void connect(Transport.Endpoint endpoint, RingHandler handler) {
        handler.serve(this);
        try {
            for (Chord chord : seat.chords()) {
                greet(chord.right(), endpoint);
            }
        } catch (InterruptedException e) {
            interrupted();
        }
        waitFor(seat::isAmongAll);
    }

    /** Who is not there may have left because another is lost: whoever knows has a moment to say so. */
    private void greet(Neighbour right, Transport.Endpoint endpoint) throws InterruptedException {
        try {
            new Greeting(seat, right).say(endpoint, sharesMemory, vigil.greetingMillis(loss().isPresent()));
            right.absence().ifPresent(this::lose);
        } catch (WorkerLostException e) {
            lose(e);
        } catch (IOException e) {
            vigil.awaitAnswer(() -> lost != null);
            lose(right.lost("no connection: " + Visible.firstLine(e)));
        }
        loss().ifPresent(seat::abort); // who is greeted only now has not been told
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
    public synchronized Averaging start(FloatVector vector, Contribution own) {
        requireReady();
        averaging++;
        vigil.progressed();
        current = lines.averaging(rule.of(size(), vector.length()), averaging, vector, own);
        current.start();
        lines.flush();
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
        Average average = underWay().orElseThrow();
        try {
            waitFor(() -> average.complete() && lines.allSent());
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
        loss().ifPresent(loss -> {
            seat.hangUp();
            throw loss;
        });
    }

    private synchronized Optional<WorkerLostException> loss() {
        return Optional.ofNullable(lost);
    }

    private void stalled(int timeouts) {
        if (timeouts > 1) {
            int distance = underWay().map(Average::awaited).orElse(1);
            lose(lines.chord(distance).left().lost("nothing came for " + vigil.seconds(timeouts)));
            return;
        }
        // Whose neighbours answer and take part waits for the verdict of those who sit nearer to the culprit.
        seat.neighbours()
                .map(neighbour -> neighbour.probe(averaging, vigil))
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(this::lose);
    }

    private void interrupted() {
        Thread.currentThread().interrupt();
        lose(seat.lost("interrupted"));
    }

    // What follows is called from Netty's threads.

    synchronized ByteBuffer pong() {
        boolean waits = !seat.isAmongAll() || (current != null && !(current.complete() && lines.allSent()));
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(waits ? Neighbour.WAITS : averaging)
                .flip();
    }

    /** Takes segments, from neighbours only. */
    Inbox inbox() {
        return inbox;
    }

    boolean isNeighbour(TransportClient client) {
        return seat.isNeighbour(client);
    }

    /** Lets a left neighbour in, or says why not; what is returned is for it. */
    synchronized ByteBuffer welcome(
            TransportClient client, long token, RunAttempt itsRun, int itsRank, Optional<MemoryOffer> memory) {
        if (lost != null) { // whatever it shared would stay mapped
            return Greeting.refusal(lost);
        }
        seat.welcome(client, token, itsRun, itsRank);
        seat.at(client).absence().ifPresent(this::lose);
        notifyAll();
        return Greeting.answer(seat.at(client), memory.filter(any -> sharesMemory));
    }

    void ready(TransportClient client, long itsAveraging) {
        try {
            lines.ready(client, itsAveraging);
        } catch (IllegalArgumentException e) {
            lose(seat.at(client).lost("sent nonsense: " + e.getMessage()));
            return;
        }
        progress();
    }

    void bye(TransportClient client) {
        Neighbour neighbour = seat.at(client);
        neighbour.leaves(); // before the look at what is under way: an averaging that begins later sees it
        if (underWay().map(average -> lines.needed(client, average)).orElse(false)) {
            lose(neighbour.lost("it has left"));
        }
        neighbour.hasParted();
    }

    void abort(TransportClient client, WorkerLostException reason) {
        lose(reason);
        seat.at(client).hasParted();
    }

    private synchronized Optional<Average> underWay() {
        return Optional.ofNullable(current);
    }

    void disconnected(TransportClient client) {
        if (isNeighbour(client)) {
            seat.at(client).absence().ifPresent(this::lose);
        }
    }

    /** Ends this worker's part in the run with the first reason that comes, and tells the neighbours, who tell theirs. */
    synchronized void lose(WorkerLostException reason) {
        if (lost != null || closed) {
            return;
        }
        lost = reason;
        notifyAll();
        lines.clear();
        seat.abort(reason);
    }

    private synchronized void progress() {
        vigil.progressed();
        lines.flush();
        if (current != null && current.complete() && lines.allSent()) {
            notifyAll();
        }
    }
}
