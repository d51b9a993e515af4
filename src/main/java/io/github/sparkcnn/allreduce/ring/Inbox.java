package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.allreduce.Average;
import io.github.sparkcnn.allreduce.SegmentHeader;
import io.github.sparkcnn.allreduce.WorkerLostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;

/** Takes the segments of the left neighbours into the averaging that is under way. Runs on Netty's threads, never waits. */
final class Inbox {
    private final Seat seat;
    private final Supplier<Optional<Average>> underWay;
    private final Runnable arrived;
    private final Consumer<WorkerLostException> lost;

    /**
     * Takes nothing yet.
     *
     * @param arrived called when segments have been taken
     * @param lost called with the neighbour whose connection broke, or who sent something else than its averaging asks of it
     */
    Inbox(Seat seat, Supplier<Optional<Average>> underWay, Runnable arrived, Consumer<WorkerLostException> lost) {
        this.seat = seat;
        this.underWay = underWay;
        this.arrived = arrived;
        this.lost = lost;
    }

    /** A segment whose floats are to follow. */
    StreamCallbackWithID segment(TransportClient client, ByteBuffer header) {
        return new IncomingSegment(
                guarded(client, () -> begin(client, header)),
                arrived,
                reason -> lost.accept(seat.at(client).lost(reason)));
    }

    /** Each segment is where the message says, as long as it says. */
    void segmentsInMemory(TransportClient client, ByteBuffer message) {
        guarded(client, () -> {
            while (message.hasRemaining()) {
                int slot = message.getInt();
                int bytes = message.getInt();
                int header = message.getInt();
                Average.Incoming segment = begin(client, message.slice(message.position(), header));
                message.position(message.position() + header);
                seat.at(client).read(slot, bytes, segment::whole);
            }
            return message;
        });
        arrived.run();
    }

    private Average.Incoming begin(TransportClient client, ByteBuffer headerBytes) {
        int distance = seat.chord(Chord::left, client).distance();
        SegmentHeader header = SegmentHeader.decode(headerBytes);
        return underWay.get()
                .filter(any -> header.token() == seat.token())
                .orElseThrow(() -> new IllegalArgumentException("a segment that nobody waits for"))
                .begin(distance, header);
    }

    private <T> T guarded(TransportClient client, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            lost.accept(seat.at(client).lost("sent nonsense: " + e.getMessage()));
            throw e;
        }
    }
}
