package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.allreduce.transport.Ring;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.network.client.TransportClient;

/** A worker's place in a ring: who it is, and who sits beside it. */
final class Seat {
    private final Ring ring;
    private final RunAttempt run;
    private final int rank;
    private final Neighbour left;
    private final Neighbour right;

    Seat(Ring ring, RunAttempt run, int rank) {
        this.ring = ring;
        this.run = run;
        this.rank = rank;
        this.left = neighbour(rank - 1);
        this.right = neighbour(rank + 1);
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

    Neighbour left() {
        return left;
    }

    Neighbour right() {
        return right;
    }

    /** Whether one of the two is at the other end of the connection. */
    boolean isNeighbour(TransportClient client) {
        return left.isAt(client) || right.isAt(client);
    }

    /** The neighbour at the other end of the connection. */
    Neighbour at(TransportClient client) {
        return right.isAt(client) ? right : left;
    }

    /** A neighbour who has said that it leaves, if one has. */
    Optional<Neighbour> leaving() {
        return Stream.of(left, right).filter(Neighbour::isLeaving).findFirst();
    }

    /** What this worker says of itself to its right neighbour. */
    ByteBuffer hello() {
        return Message.of(Message.Kind.HELLO, out -> {
            out.writeLong(ring.token());
            run.write(out);
            out.writeInt(rank);
        });
    }

    /** Takes the connection that the left neighbour has opened; throws SecurityException where it is anybody else. */
    void welcome(TransportClient client, long token, RunAttempt itsRun, int itsRank) {
        if (token != ring.token() || !itsRun.equals(run) || itsRank != left.rank() || left.isConnected()) {
            throw new SecurityException("worker " + itsRank + " of " + itsRun + " is not the left neighbour of worker "
                    + rank + " of " + run);
        }
        left.connected(client);
    }

    /** This worker itself is lost. */
    WorkerLostException lost(String reason) {
        return new WorkerLostException(rank, ring.workers().get(rank).toString(), reason);
    }

    /** Says to both neighbours that this worker leaves in peace. Does not wait. */
    void leave() {
        part(Message.of(Message.Kind.BYE));
    }

    /** Says to both neighbours that the run is lost, and who is to blame. Does not wait. */
    void abort(WorkerLostException reason) {
        part(Message.of(Message.Kind.ABORT, out -> {
            out.writeInt(reason.rank());
            out.writeUTF(reason.host());
            out.writeUTF(reason.reason());
        }));
    }

    private void part(ByteBuffer lastWord) {
        left.part(lastWord);
        right.part(lastWord);
    }

    /** Waits until both connections are closed. */
    void hangUp() {
        left.hangUp();
        right.hangUp();
    }
}
