package io.github.sparkcnn.allreduce;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * One averaging as one worker of the ring sees it: what comes from the left is merged into (or copied over) the worker's own
 * floats in place and goes on to the right. It is safe in place: a chunk comes back only after everybody has read it.
 */
public final class RingAverage implements Average, Average.Incoming {
    private final long token;
    private final long averaging;
    private final RingPlan plan;
    private final FloatVector vector;
    private final Link neighbours;
    private final Contribution[] contributions;
    private final WeightedMean mean = new WeightedMean();
    private final ByteBuffer staging;

    private int step;
    private int index;
    private Arrival arrival = new Arrival(List.of());
    private boolean cancelled;
    private volatile boolean complete;

    /**
     * An averaging that has not begun.
     *
     * @param token of the run's attempt, and {@code averaging} its number: they stand in every segment's header
     * @param neighbours at either side
     */
    public RingAverage(
            long token, long averaging, RingPlan plan, FloatVector vector, Contribution own, Link neighbours) {
        this.token = token;
        this.averaging = averaging;
        this.plan = plan;
        this.vector = vector;
        this.neighbours = neighbours;
        this.contributions = new Contribution[plan.size()];
        this.contributions[plan.rank()] = own;
        long most = Math.min(plan.segment(), plan.length());
        this.staging = ByteBuffer.allocate((int) most * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    /** Sends this worker's own chunk. */
    @Override
    public synchronized void start() {
        neighbours.ready(); // first: to send may be to copy, and meanwhile the neighbour sends as well
        int chunk = plan.chunkSent(0);
        for (int i = 0; i < plan.segments(chunk); i++) {
            send(0, i);
        }
    }

    @Override
    public synchronized Incoming begin(int distance, SegmentHeader header) {
        if (cancelled) {
            return this;
        }
        SegmentHeader.requireDue("averaging", averaging, header.averaging());
        SegmentHeader.requireDue("vector length", vector.length(), header.length());
        SegmentHeader.requireDue("step", step, header.step());
        SegmentHeader.requireDue("segment", index, header.index());
        SegmentHeader.requireDue("contributions", 1, header.contributions().size());
        int chunk = plan.chunkReceived(step);
        int count = plan.count(chunk, index);
        List<ByteBuffer> staged = List.of(staging.clear().limit(count * Float.BYTES));
        if (plan.merges(step)) {
            Contribution contribution = header.contributions().get(0);
            SegmentHeader.requireDue(
                    "values", contributions[plan.rank()].values().length, contribution.values().length);
            contributions[chunk] = contribution;
            arrival = new Arrival(staged);
        } else {
            boolean dropped = totalWeight() == 0;
            arrival = new Arrival(dropped ? staged : vector.pieces(plan.from(chunk, index), count));
        }
        return this;
    }

    @Override
    public synchronized void data(ByteBuffer bytes) {
        if (!cancelled) {
            arrival.take(bytes);
        }
    }

    @Override
    public synchronized void end() {
        if (cancelled) {
            return;
        }
        arrival.requireComplete();
        goOn(staging.flip());
    }

    @Override
    public synchronized void whole(ByteBuffer floats) {
        if (cancelled) {
            return;
        }
        if (!plan.merges(step)) {
            arrival.take(floats);
            end();
            return;
        }
        Arrival.requireLength(plan.count(plan.chunkReceived(step), index) * Float.BYTES, floats.remaining());
        goOn(floats);
    }

    /** Merges what has come, on the first round, and passes on what is in the vector now. */
    private void goOn(ByteBuffer incoming) {
        int chunk = plan.chunkReceived(step);
        if (plan.merges(step)) {
            merge(vector.pieces(plan.from(chunk, index), plan.count(chunk, index)), incoming, chunk);
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

    @Override
    public boolean expects(int distance) {
        return distance == 1 && !complete;
    }

    @Override
    public int awaited() {
        return 1;
    }

    @Override
    public boolean complete() {
        return complete;
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
    }

    @Override
    public synchronized Contributions contributions() {
        return new Contributions(Arrays.asList(contributions));
    }

    private void merge(List<ByteBuffer> own, ByteBuffer incoming, int chunk) {
        long before = 0;
        for (int rank = chunk; rank != plan.rank(); rank = (rank + 1) % plan.size()) {
            before += contributions[rank].weight();
        }
        mean.merge(own, contributions[plan.rank()].weight(), incoming, before);
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
        neighbours.send(
                new SegmentHeader(token, averaging, step, index, vector.length(), List.of(contribution)),
                vector.readable(plan.from(chunk, index), plan.count(chunk, index)));
    }
}
