package io.github.sparkcnn.allreduce;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * One averaging as one worker of the ring sees it: what comes from the left is merged into (or copied over) the worker's own
 * floats in place and goes on to the right. It is safe in place: a chunk comes back only after everybody has read it.
 */
public final class RingAverage {
    private final long token;
    private final long averaging;
    private final RingPlan plan;
    private final FloatVector vector;
    private final Link right;
    private final Contribution[] contributions;
    private final WeightedMean mean = new WeightedMean();
    private final ByteBuffer staging;

    private int step;
    private int index;
    private List<ByteBuffer> targets = List.of();
    private boolean cancelled;
    private volatile boolean complete;

    /** Where segments leave; must keep their order. */
    public interface Link {
        void send(SegmentHeader header, ByteBuffer floats);
    }

    /**
     * An averaging that has not begun.
     *
     * @param token of the run's attempt, and {@code averaging} its number: they stand in every segment's header
     * @param right where this worker's segments leave
     */
    public RingAverage(long token, long averaging, RingPlan plan, FloatVector vector, Contribution own, Link right) {
        this.token = token;
        this.averaging = averaging;
        this.plan = plan;
        this.vector = vector;
        this.right = right;
        this.contributions = new Contribution[plan.size()];
        this.contributions[plan.rank()] = own;
        long most = Math.min(plan.segment(), plan.length());
        this.staging = ByteBuffer.allocate((int) most * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    /** Sends this worker's own chunk. */
    public synchronized void start() {
        int chunk = plan.chunkSent(0);
        for (int i = 0; i < plan.segments(chunk); i++) {
            send(0, i);
        }
    }

    /** The next segment begins. Throws IllegalArgumentException if it is not the one that is due. */
    public synchronized void begin(SegmentHeader header) {
        if (cancelled) {
            return;
        }
        check("averaging", averaging, header.averaging());
        check("vector length", vector.length(), header.length());
        check("step", step, header.step());
        check("segment", index, header.index());
        int chunk = plan.chunkReceived(step);
        int count = plan.count(chunk, index);
        if (plan.merges(step)) {
            check(
                    "values",
                    contributions[plan.rank()].values().length,
                    header.contribution().values().length);
            contributions[chunk] = header.contribution();
            targets = List.of(staging.clear().limit(count * Float.BYTES));
        } else {
            targets = vector.pieces(plan.from(chunk, index), count);
            if (totalWeight() == 0) {
                targets = List.of(staging.clear().limit(count * Float.BYTES)); // to be dropped
            }
        }
    }

    /** More bytes of the segment, cut anywhere. */
    public synchronized void data(ByteBuffer bytes) {
        if (cancelled) {
            return;
        }
        for (ByteBuffer target : targets) {
            int n = Math.min(bytes.remaining(), target.remaining());
            target.put(bytes.slice(bytes.position(), n));
            bytes.position(bytes.position() + n);
        }
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException("a segment is longer than announced");
        }
    }

    /** The segment is complete: merge it and pass it on. */
    public synchronized void end() {
        if (cancelled) {
            return;
        }
        if (targets.stream().anyMatch(ByteBuffer::hasRemaining)) {
            throw new IllegalArgumentException("a segment is shorter than announced");
        }
        int chunk = plan.chunkReceived(step);
        if (plan.merges(step)) {
            merge(vector.pieces(plan.from(chunk, index), plan.count(chunk, index)), chunk);
        }
        if (step + 1 < plan.steps()) {
            send(step + 1, index);
        }
        index++;
        if (index == plan.segments(chunk)) {
            index = 0;
            step++;
            complete = step == plan.steps();
        }
    }

    /** Whether everything has come. */
    public boolean complete() {
        return complete;
    }

    /** When this returns, nothing is written to the vector any more. */
    public synchronized void cancel() {
        cancelled = true;
    }

    /** What everybody brought, once everything has come. */
    public synchronized Contributions contributions() {
        return new Contributions(Arrays.asList(contributions));
    }

    private void merge(List<ByteBuffer> own, int chunk) {
        long before = 0;
        for (int rank = chunk; rank != plan.rank(); rank = (rank + 1) % plan.size()) {
            before += contributions[rank].weight();
        }
        long weight = contributions[plan.rank()].weight();
        if (before == 0) {
            return; // what comes counts for nothing
        }
        staging.flip();
        for (ByteBuffer piece : own) {
            ByteBuffer incoming =
                    staging.slice(staging.position(), piece.remaining()).order(ByteOrder.nativeOrder());
            staging.position(staging.position() + piece.remaining());
            if (weight == 0) {
                piece.put(incoming); // not share 0: a worker that counts for nothing may hold NaN
            } else {
                mean.merge(piece, incoming, (float) (weight / (double) (before + weight)));
            }
        }
    }

    private long totalWeight() {
        long total = 0;
        for (Contribution contribution : contributions) {
            total += contribution.weight();
        }
        return total;
    }

    private void send(int step, int index) {
        int chunk = plan.chunkSent(step);
        Contribution contribution = contributions[plan.merges(step) ? chunk : plan.rank()];
        right.send(
                new SegmentHeader(token, averaging, step, index, vector.length(), contribution),
                vector.readable(plan.from(chunk, index), plan.count(chunk, index)));
    }

    private static void check(String what, long due, long sent) {
        if (due != sent) {
            throw new IllegalArgumentException(what + " " + sent + " came where " + due + " was due");
        }
    }
}
