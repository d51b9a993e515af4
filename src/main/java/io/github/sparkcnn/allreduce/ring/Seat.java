package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.memory.MemoryOffer;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.allreduce.transport.Ring;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.network.client.TransportClient;

/** A worker's place in a ring: who it is, who sits beside it, and whom it knows across it. */
final class Seat {
    /** How long last words may take to be heard. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Ring ring;
    private final RunAttempt run;
    private final int rank;
    private final List<Chord> chords;

    Seat(Ring ring, RunAttempt run, int rank) {
        this.ring = ring;
        this.run = run;
        this.rank = rank;
        this.chords = Exchange.distances(size()).stream()
                .map(distance -> new Chord(distance, neighbour(rank - distance), neighbour(rank + distance)))
                .toList();
    }

    private Neighbour neighbour(int itsRank) {
        int seat = Math.floorMod(itsRank, size());
        return new Neighbour(seat, ring.workers().get(seat));
    }

    int rank() {
        return rank;
    }

    int size() {
        return ring.workers().size();
    }

    /** What every message of this attempt carries. */
    long token() {
        return ring.token();
    }

    /** Those beside it are one of them. */
    List<Chord> chords() {
        return chords;
    }

    Stream<Neighbour> neighbours() {
        return chords.stream().flatMap(chord -> Stream.of(chord.left(), chord.right()));
    }

    /** Whether each of them and this one know each other. */
    boolean isAmongAll() {
        return neighbours().allMatch(Neighbour::hasMet);
    }

    /** Whether one of them is at the other end of the connection. */
    boolean isNeighbour(TransportClient client) {
        return neighbours().anyMatch(neighbour -> neighbour.isAt(client));
    }

    /** The neighbour at the other end of the connection. */
    Neighbour at(TransportClient client) {
        return neighbours()
                .filter(neighbour -> neighbour.isAt(client))
                .findFirst()
                .orElseThrow();
    }

    /** The chord that has the client at the side where it belongs; throws IllegalArgumentException where it is at the other. */
    Chord chord(Function<Chord, Neighbour> side, TransportClient client) {
        return chords.stream()
                .filter(chord -> side.apply(chord).isAt(client))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("what comes from the other side only"));
    }

    /** A neighbour who has said that it leaves, if one has. */
    Optional<Neighbour> leaving() {
        return neighbours().filter(Neighbour::isLeaving).findFirst();
    }

    /** Whether both listen at one host, as far as its name says. */
    boolean isOnHostOf(Neighbour neighbour) {
        return ring.workers().get(rank).host().equals(neighbour.address().host());
    }

    /** What this worker says of itself to a right neighbour, with the memory that it would share. */
    ByteBuffer hello(Optional<MemoryOffer> memory) {
        return Message.of(Message.Kind.HELLO, out -> {
            out.writeLong(ring.token());
            run.write(out);
            out.writeInt(rank);
            out.writeBoolean(memory.isPresent());
            if (memory.isPresent()) {
                memory.get().write(out);
            }
        });
    }

    /** Takes the connection that a left neighbour has opened; throws SecurityException where it is anybody else. */
    void welcome(TransportClient client, long token, RunAttempt itsRun, int itsRank) {
        boolean known = token == ring.token() && itsRun.equals(run);
        chords.stream()
                .map(Chord::left)
                .filter(left -> known && left.rank() == itsRank && !left.hasMet())
                .findFirst()
                .orElseThrow(() -> new SecurityException("worker " + itsRank + " of " + itsRun
                        + " is not a left neighbour of worker " + rank + " of " + run))
                .came(client);
    }

    /** This worker itself is lost. */
    WorkerLostException lost(String reason) {
        return new WorkerLostException(rank, ring.workers().get(rank).toString(), reason);
    }

    /** Says to all neighbours that this worker leaves in peace. Does not wait. */
    void leave() {
        part(Message.of(Message.Kind.BYE));
    }

    /**
     * Says to all neighbours that know this worker, and have not heard its last word, that the run is lost, and who is to blame.
     * Does not wait.
     */
    void abort(WorkerLostException reason) {
        part(Message.of(Message.Kind.ABORT, reason::write));
    }

    private void part(ByteBuffer lastWord) {
        neighbours().forEach(neighbour -> neighbour.part(lastWord));
    }

    /** Waits until all connections are closed. */
    void hangUp() {
        long deadline = System.nanoTime() + LAST_WORDS.toNanos();
        neighbours().forEach(neighbour -> neighbour.hangUp(deadline));
    }
}
