package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.allreduce.Average;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.HalvingAverage;
import io.github.sparkcnn.allreduce.HalvingPlan;
import io.github.sparkcnn.allreduce.RingAverage;
import io.github.sparkcnn.allreduce.RingPlan;
import io.github.sparkcnn.allreduce.SegmentHeader;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.transport.Message;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.network.client.TransportClient;

/** The lines to all neighbours of a seat, and who is to send what on them in an averaging. */
final class Lines {
    private final Seat seat;
    /** By how far away the right neighbour is. */
    private final Map<Integer, Outbox> outboxes = new HashMap<>();

    /**
     * Nothing is under way on them.
     *
     * @param lock guards the outboxes
     * @param acknowledged called when a neighbour has a segment
     * @param lost called when a segment could not be sent
     */
    Lines(Seat seat, Object lock, Runnable acknowledged, Consumer<WorkerLostException> lost) {
        this.seat = seat;
        for (Chord chord : seat.chords()) {
            Neighbour right = chord.right();
            outboxes.put(
                    chord.distance(), new Outbox(lock, right, acknowledged, reason -> lost.accept(right.lost(reason))));
        }
    }

    /** An averaging that has not begun; throws IllegalArgumentException for an exchange with neighbours whom nobody knows. */
    Average averaging(Exchange exchange, long number, FloatVector vector, Contribution own) {
        if (!exchange.isOpenTo(seat.size())) {
            throw new IllegalArgumentException("the rule says " + exchange + " for " + seat.size()
                    + " workers, who know only the neighbours at the distances " + Exchange.distances(seat.size()));
        }
        if (exchange == Exchange.RING) {
            RingPlan plan = new RingPlan(seat.rank(), seat.size(), vector.length(), Exchange.SEGMENT);
            return new RingAverage(seat.token(), number, plan, vector, own, link(1, number, plan.messages()));
        }
        HalvingPlan plan = new HalvingPlan(seat.rank(), seat.size(), vector.length(), Exchange.SEGMENT);
        Map<Integer, Average.Link> links = new HashMap<>();
        outboxes.keySet().forEach(distance -> links.put(distance, link(distance, number, plan.messages(distance))));
        return new HalvingAverage(seat.token(), number, plan, vector, own, links::get);
    }

    /** In the averaging of this number so many messages will leave. */
    private Average.Link link(int distance, long number, int messages) {
        Outbox outbox = outboxes.get(distance);
        Neighbour left = chord(distance).left();
        outbox.begin(number, messages);
        return new Average.Link() {
            @Override
            public void ready() {
                left.tell(Message.of(Message.Kind.READY, out -> out.writeLong(number)));
            }

            @Override
            public void send(SegmentHeader header, ByteBuffer floats) {
                outbox.send(header, floats);
            }
        };
    }

    Chord chord(int distance) {
        return seat.chords().stream()
                .filter(chord -> chord.distance() == distance)
                .findFirst()
                .orElseThrow();
    }

    /** The neighbour at the other end expects the segments of this averaging. */
    void ready(TransportClient client, long number) {
        outboxes.get(seat.chord(Chord::right, client).distance()).ready(number);
    }

    /** Whether the averaging needs the neighbour at the other end: to send something, or to take it. */
    boolean needed(TransportClient client, Average average) {
        return seat.chords().stream()
                .anyMatch(chord -> chord.right().isAt(client)
                        ? !outboxes.get(chord.distance()).isDone()
                        : chord.left().isAt(client) && average.expects(chord.distance()));
    }

    /** Sends what could still have waited for company. */
    void flush() {
        outboxes.values().forEach(Outbox::flush);
    }

    /** Whether every segment of the averaging has been sent and received. */
    boolean allSent() {
        return outboxes.values().stream().allMatch(Outbox::isDone);
    }

    /** Forgets what still waits. */
    void clear() {
        outboxes.values().forEach(Outbox::clear);
    }
}
