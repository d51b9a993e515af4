package io.github.sparkcnn.allreduce;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * One averaging over distances that halve, as one worker sees it ({@link HalvingPlan}). Each step comes from another neighbour,
 * and one may be ahead: what is to be merged waits for its turn, so that everything is merged in one order; a finished mean is
 * copied when it comes. It is safe in place: a block's mean is there only after everybody has read this worker's floats of it.
 */
public final class HalvingAverage implements Average {
    /** In segments: the longest vector of which all neighbours may send at once, so that at most half of this waits. */
    private static final int MOST_AT_ONCE = 64;

    private final long token;
    private final long averaging;
    private final HalvingPlan plan;
    private final FloatVector vector;
    private final IntFunction<Link> links;
    private final Contribution[] contributions;
    private final WeightedMean mean = new WeightedMean();
    private final boolean atOnce;

    // Guarded by this.
    private final int[] arrived;
    private final List<Queue<ByteBuffer>> waiting;
    private final Queue<ByteBuffer> spare = new ArrayDeque<>();
    private int step;
    private int merged;
    private boolean cancelled;
    private volatile boolean complete;

    /**
     * An averaging that has not begun.
     *
     * @param token of the run's attempt, and {@code averaging} its number: they stand in every segment's header
     * @param links to the neighbours, by their distance
     */
    public HalvingAverage(
            long token,
            long averaging,
            HalvingPlan plan,
            FloatVector vector,
            Contribution own,
            IntFunction<Link> links) {
        this.token = token;
        this.averaging = averaging;
        this.plan = plan;
        this.vector = vector;
        this.links = links;
        this.contributions = new Contribution[plan.size()];
        this.contributions[plan.rank()] = own;
        this.atOnce = plan.length() <= (long) MOST_AT_ONCE * plan.segment();
        this.arrived = new int[plan.steps()];
        this.waiting = IntStream.range(0, plan.steps())
                .<Queue<ByteBuffer>>mapToObj(each -> new ArrayDeque<>())
                .toList();
    }

    @Override
    public synchronized void start() {
        for (int merging = 0; merging < plan.steps() / 2 && (atOnce || merging == 0); merging++) {
            links.apply(plan.distance(merging)).ready();
        }
        send();
    }

    @Override
    public synchronized Incoming begin(int distance, SegmentHeader header) {
        if (cancelled) {
            return new Segment(0, List.of());
        }
        SegmentHeader.requireDue("averaging", averaging, header.averaging());
        SegmentHeader.requireDue("vector length", vector.length(), header.length());
        int due = due(distance);
        SegmentHeader.requireDue("step", due, header.step());
        SegmentHeader.requireDue("segment", arrived[due], header.index());
        HalvingPlan.Run run = plan.received(due);
        int count = run.count(header.index());
        if (plan.merges(due)) {
            learn(due, header.contributions());
            return new Segment(due, staging(count));
        }
        SegmentHeader.requireDue("contributions", 1, header.contributions().size());
        return header.contributions().get(0).weight() == 0
                ? new Segment(due, staging(count)) // to be dropped
                : new Segment(due, vector.pieces(run.from(header.index()), count));
    }

    /** The step that the next segment over this distance belongs to. */
    private int due(int distance) {
        return outstanding(distance)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a segment that nobody waits for"));
    }

    /** The steps of which segments are still to come over this distance. */
    private IntStream outstanding(int distance) {
        return IntStream.range(0, plan.steps())
                .filter(each -> plan.distance(each) == distance
                        && arrived[each] < plan.received(each).segments());
    }

    /** The sender tells of itself and of those whose floats may be in its own. */
    private void learn(int due, List<Contribution> told) {
        List<Integer> known = plan.known(due);
        SegmentHeader.requireDue("contributions", known.size(), told.size());
        for (int i = 0; i < known.size(); i++) {
            Contribution contribution = told.get(i);
            SegmentHeader.requireDue(
                    "values", contributions[plan.rank()].values().length, contribution.values().length);
            int whose = plan.rankAt(-plan.distance(due) - known.get(i));
            contributions[whose] = Objects.requireNonNullElse(contributions[whose], contribution);
        }
    }

    private List<ByteBuffer> staging(int count) {
        ByteBuffer buffer = spare.isEmpty()
                ? ByteBuffer.allocate((int) Math.min(plan.segment(), plan.length()) * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                : spare.remove();
        return List.of(buffer.clear().limit(count * Float.BYTES));
    }

    /** A segment on its way in; several neighbours' may be at the same time. */
    private final class Segment implements Incoming {
        private final int of;
        private final Arrival arrival;

        Segment(int of, List<ByteBuffer> targets) {
            this.of = of;
            this.arrival = new Arrival(targets);
        }

        @Override
        public void data(ByteBuffer bytes) {
            synchronized (HalvingAverage.this) {
                if (!cancelled) {
                    arrival.take(bytes);
                }
            }
        }

        @Override
        public void end() {
            synchronized (HalvingAverage.this) {
                if (!cancelled) {
                    arrival.requireComplete();
                    arrived[of]++;
                    if (plan.merges(of)) {
                        waiting.get(of).add(arrival.targets().get(0).flip());
                    }
                    goOn();
                }
            }
        }

        /** What has its turn is merged from where it lies. */
        @Override
        public void whole(ByteBuffer floats) {
            synchronized (HalvingAverage.this) {
                boolean hasItsTurn =
                        plan.merges(of) && of == step && waiting.get(of).isEmpty();
                if (cancelled || !hasItsTurn) {
                    data(floats);
                    end();
                    return;
                }
                ByteBuffer unused = arrival.targets().get(0);
                Arrival.requireLength(unused.remaining(), floats.remaining());
                spare.add(unused);
                merge(floats);
                merged++;
                arrived[of]++;
                goOn();
            }
        }
    }

    /** Merges what has its turn, and sends what can leave behind it. */
    private void goOn() {
        while (step < plan.steps()) {
            for (Queue<ByteBuffer> due = waiting.get(step); !due.isEmpty(); merged++) {
                merge(due.peek());
                spare.add(due.remove());
            }
            if (arrived[step] < plan.received(step).segments()) {
                return;
            }
            merged = 0;
            step++;
            if (step < plan.steps()) {
                if (plan.merges(step) && !atOnce) {
                    links.apply(plan.distance(step)).ready();
                }
                send();
            }
        }
        complete = true;
    }

    /** A segment may have floats of several blocks, and of each other workers' may be in it. */
    private void merge(ByteBuffer incoming) {
        HalvingPlan.Run run = plan.received(step);
        int distance = plan.distance(step);
        long from = run.from(merged);
        long to = from + run.count(merged);
        long begin = run.from();
        for (int block = 0; block < plan.blocks(step); block++) {
            long end = begin + plan.floats(block);
            long first = Math.max(begin, from);
            long last = Math.min(end, to);
            if (first < last) {
                mean.merge(
                        vector.pieces(first, (int) (last - first)),
                        weight(0, plan.merged(step, block)),
                        incoming,
                        weight(distance, plan.merged(step, distance + block)));
            }
            begin = end;
        }
    }

    /** Of these, counted from the worker so many places to the left. */
    private long weight(int distance, List<Integer> places) {
        return places.stream()
                .mapToLong(place -> contributions[plan.rankAt(-distance - place)].weight())
                .sum();
    }

    /** What this worker sends in the step that it waits in. */
    private void send() {
        List<Contribution> told = plan.merges(step)
                ? plan.known(step).stream()
                        .map(places -> contributions[plan.rankAt(-places)])
                        .toList()
                : List.of(new Contribution(contributions().weight()));
        HalvingPlan.Run run = plan.sent(step);
        for (int i = 0; i < run.segments(); i++) {
            links.apply(plan.distance(step))
                    .send(
                            new SegmentHeader(token, averaging, step, i, vector.length(), told),
                            vector.readable(run.from(i), run.count(i)));
        }
    }

    @Override
    public synchronized boolean expects(int distance) {
        return outstanding(distance).findAny().isPresent();
    }

    @Override
    public synchronized int awaited() {
        return plan.distance(Math.min(step, plan.steps() - 1));
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
}
