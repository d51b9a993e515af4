package io.github.sparkcnn.allreduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;

/**
 * Workers that average over distances that halve, with a queue in the place of each line between two. What is in flight arrives
 * in a random order, but what one sent to another, after that one has let it, in the order in which it was sent.
 */
final class QueuedCircle {
    static final int SEGMENT = 7;

    /** To a worker, from so many places to its left. */
    private record Line(int to, int distance) {}

    private final Map<Line, Queue<Runnable>> mail = new LinkedHashMap<>();
    private final Set<Line> open = new HashSet<>();
    private final List<Average> workers = new ArrayList<>();
    private final List<Contributions> results = new ArrayList<>();
    private final Random random;
    private long bytesFromRankZero;
    private int messagesFromRankZero;

    QueuedCircle(int order) {
        random = new Random(order);
    }

    /** Worker 0, whose neighbours are not there; the distances to those it lets send are added to {@code ready}. */
    static Average alone(int size, FloatVector vector, Contribution own, List<Integer> ready) {
        HalvingPlan plan = new HalvingPlan(0, size, vector.length(), SEGMENT);
        return new HalvingAverage(0, 1, plan, vector, own, distance -> new Average.Link() {
            @Override
            public void ready() {
                ready.add(distance);
            }

            @Override
            public void send(SegmentHeader header, ByteBuffer floats) {
                assertThat(header.averaging()).isEqualTo(1);
            }
        });
    }

    /** Averages once, in place. */
    void run(FloatVector[] vectors, long... weights) {
        for (int rank = 0; rank < vectors.length; rank++) {
            HalvingPlan plan = new HalvingPlan(rank, vectors.length, vectors[rank].length(), SEGMENT);
            Contribution own = new Contribution(weights[rank], rank + 0.1);
            workers.add(new HalvingAverage(0, 1, plan, vectors[rank], own, distance -> link(plan, distance)));
        }
        workers.forEach(Average::start);
        for (List<Queue<Runnable>> due = due(); !due.isEmpty(); due = due()) {
            due.get(random.nextInt(due.size())).remove().run();
        }
        assertThat(workers).allMatch(Average::complete);
        workers.forEach(average -> results.add(average.contributions()));
    }

    private List<Queue<Runnable>> due() {
        return mail.entrySet().stream()
                .filter(line -> open.contains(line.getKey()) && !line.getValue().isEmpty())
                .map(Map.Entry::getValue)
                .toList();
    }

    private Average.Link link(HalvingPlan plan, int distance) {
        return new Average.Link() {
            @Override
            public void ready() {
                assertThat(open.add(new Line(plan.rank(), distance))).isTrue();
            }

            @Override
            public void send(SegmentHeader header, ByteBuffer floats) {
                bytesFromRankZero += plan.rank() == 0 ? floats.remaining() : 0;
                messagesFromRankZero += plan.rank() == 0 ? 1 : 0;
                int to = (plan.rank() + distance) % plan.size();
                // Not copied here: nobody may change floats that are still in flight.
                post(
                        mail.computeIfAbsent(new Line(to, distance), any -> new ArrayDeque<>()),
                        workers.get(to),
                        distance,
                        SegmentHeader.decode(header.encode()),
                        floats);
            }
        };
    }

    /** As a whole, or in pieces that cut floats in two. */
    private static void post(
            Queue<Runnable> line, Average receiver, int distance, SegmentHeader header, ByteBuffer floats) {
        Average.Incoming[] segment = new Average.Incoming[1];
        line.add(() -> segment[0] = receiver.begin(distance, header));
        if (header.index() % 2 == 1) {
            line.add(() -> segment[0].whole(floats));
            return;
        }
        for (int from = 0; from < floats.remaining(); from += 5) {
            ByteBuffer piece = floats.slice(from, Math.min(5, floats.remaining() - from));
            line.add(() -> segment[0].data(piece));
        }
        line.add(() -> segment[0].end());
    }

    List<Contributions> results() {
        return results;
    }

    long bytesFromRankZero() {
        return bytesFromRankZero;
    }

    int messagesFromRankZero() {
        return messagesFromRankZero;
    }
}
