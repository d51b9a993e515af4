package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.allreduce.rendezvous.CallHandler;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochProgress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The driver's end of a stage that stays: gives the workers of its latest attempt what they are to do, one order at a time, and
 * gathers what they bring. An order that an attempt has not brought to its end is the next one's from the beginning.
 */
public final class WorkOrders implements CallHandler {

    /** A worker without work asks about so often, so that a driver that is gone does not go unnoticed. */
    private static final int MOST_WAITING_MILLIS = 1_000;

    private final int workers;

    // Guarded by this.
    private final Map<Integer, CompletableFuture<ByteBuffer>> waiting = new HashMap<>();
    private Optional<Given> given = Optional.empty();
    private Optional<TrainedPart> newestPart = Optional.empty();
    private Optional<EpochProgress> newestProgress = Optional.empty();
    private int attempt = -1;
    private int newest = WorkCall.NONE;
    /** The last order that the workers of the stage do; empty: they stay. */
    private OptionalInt lastOfStage = OptionalInt.empty();

    private boolean ended;

    private record Given(
            WorkOrder order,
            NetworkState start,
            WorkResults.Gathering gathering,
            CompletableFuture<WorkResults> done) {}

    public WorkOrders(int workers) {
        this.workers = workers;
    }

    /**
     * Gives the workers something to do; what comes back has their results, once all are in.
     *
     * @param start the state that the order names, for workers that lack it
     */
    synchronized CompletableFuture<WorkResults> give(WorkOrder order, NetworkState start) {
        given.ifPresent(other -> {
            throw new IllegalStateException("order " + other.order().number() + " is not done");
        });
        CompletableFuture<WorkResults> done = new CompletableFuture<>();
        given = Optional.of(new Given(order, start, new WorkResults.Gathering(workers, System.nanoTime()), done));
        newest = order.number();
        if (order.kind() == WorkOrder.Kind.TRAIN) {
            newestProgress = Optional.empty();
        }
        if (lastOfStage.isEmpty()) {
            answer(WorkCall.Reply.ORDER.with(order.bytes()));
        }
        return done;
    }

    /** Has the workers of this stage end when they have done what was given until now; what comes then is for those of the next. */
    synchronized void release() {
        if (lastOfStage.isEmpty()) {
            lastOfStage = OptionalInt.of(newest);
            answer(WorkCall.Reply.END.alone());
        }
    }

    synchronized boolean isReleased() {
        return lastOfStage.isPresent();
    }

    /** The workers of a released stage have ended, and others come. */
    synchronized void renew() {
        lastOfStage = OptionalInt.empty();
    }

    /** Tells the workers that there is nothing more to do; those that are busy hear of it when they ask. */
    synchronized void end() {
        ended = true;
        answer(WorkCall.Reply.END.alone());
    }

    /** The newest part of the epoch that is trained, once. */
    public synchronized Optional<TrainedPart> takePart() {
        Optional<TrainedPart> taken = newestPart;
        newestPart = Optional.empty();
        return taken;
    }

    /**
     * How far the workers are in the epoch that was given last, once. It is told by who waits for them: a worker that is heard waits
     * for the answer, and the others for it.
     */
    public synchronized Optional<EpochProgress> takeProgress() {
        Optional<EpochProgress> taken = newestProgress;
        newestProgress = Optional.empty();
        return taken;
    }

    /** Whether an order is not yet done. */
    synchronized boolean areUnderWay() {
        return given.isPresent();
    }

    private void answer(ByteBuffer reply) {
        waiting.values().forEach(worker -> worker.complete(reply));
        waiting.clear();
    }

    @Override
    public synchronized CompletableFuture<ByteBuffer> handle(Caller caller, String type, ByteBuffer payload) {
        if (caller.rank() < 0 || caller.rank() >= workers) {
            throw new IllegalArgumentException("there is no worker " + caller.rank() + " of " + workers);
        }
        WorkCall call = WorkCall.of(type);
        follow(caller.attempt());
        if (call == WorkCall.PROGRESS) {
            newestProgress = Optional.of(WorkCall.progress(payload));
            return nothing();
        }
        int number = WorkCall.number(payload);
        return switch (call) {
            case NEXT -> next(caller.rank(), number);
            case START ->
                CompletableFuture.completedFuture(StateBytes.of(open(number).start()));
            case TRAINED -> {
                open(number).gathering().trained(StateBytes.read(payload));
                yield nothing();
            }
            case PART -> {
                open(number);
                newestPart = Optional.of(TrainedPart.read(payload));
                yield nothing();
            }
            default -> done(caller.rank(), open(number), payload);
        };
    }

    /** What an earlier attempt has brought does not count: its workers have lost one of them. */
    private void follow(int itsAttempt) {
        if (itsAttempt < attempt) {
            throw new IllegalStateException("attempt " + attempt + " has begun after attempt " + itsAttempt);
        }
        if (itsAttempt > attempt) {
            attempt = itsAttempt;
            waiting.clear();
            given = given.map(order ->
                    new Given(order.order(), order.start(), order.gathering().anew(), order.done()));
        }
    }

    private CompletableFuture<ByteBuffer> next(int rank, int last) {
        if (ended) {
            return CompletableFuture.completedFuture(WorkCall.Reply.END.alone());
        }
        Optional<WorkOrder> due = given.map(Given::order)
                .filter(order -> order.number() > last && order.number() <= lastOfStage.orElse(Integer.MAX_VALUE));
        if (due.isPresent()) {
            return CompletableFuture.completedFuture(
                    WorkCall.Reply.ORDER.with(due.get().bytes()));
        }
        if (isReleased()) {
            return CompletableFuture.completedFuture(WorkCall.Reply.END.alone());
        }
        CompletableFuture<ByteBuffer> reply = new CompletableFuture<>();
        waiting.put(rank, reply);
        return reply.completeOnTimeout(WorkCall.Reply.WAIT.alone(), MOST_WAITING_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Given open(int number) {
        return given.filter(order -> order.order().number() == number)
                .orElseThrow(() -> new IllegalStateException("nobody is to do order " + number));
    }

    private CompletableFuture<ByteBuffer> done(int rank, Given order, ByteBuffer payload) {
        byte[] report = new byte[payload.remaining()];
        payload.get(report);
        order.gathering().add(rank, report).ifPresent(results -> {
            given = Optional.empty();
            newestPart = Optional.empty();
            order.done().complete(results);
        });
        return nothing();
    }

    private static CompletableFuture<ByteBuffer> nothing() {
        return CompletableFuture.completedFuture(ByteBuffer.allocate(0));
    }
}
