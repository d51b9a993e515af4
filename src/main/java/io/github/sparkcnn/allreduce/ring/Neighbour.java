package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.memory.MemoryIn;
import io.github.sparkcnn.allreduce.memory.MemoryOut;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Message;
import io.netty.channel.ChannelFutureListener;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/** A worker that sits some places to one side in the ring, and the connection to it once there is one. */
final class Neighbour {
    /**
     * The answer of who waits in an averaging, be it an earlier one that somebody has left unfinished: its own watch names that one.
     */
    static final long WAITS = Long.MAX_VALUE;

    private final int rank;
    private final Address address;
    private volatile TransportClient client;
    private volatile boolean met;
    private volatile Optional<MemoryOut> memoryOut = Optional.empty();
    private volatile Optional<MemoryIn> memoryIn = Optional.empty();
    private volatile boolean leaving;
    private volatile boolean parted;

    Neighbour(int rank, Address address) {
        this.rank = rank;
        this.address = address;
    }

    int rank() {
        return rank;
    }

    Address address() {
        return address;
    }

    WorkerLostException lost(String reason) {
        return new WorkerLostException(rank, address.toString(), reason);
    }

    /** It has opened this connection, and said who it is. */
    void came(TransportClient connection) {
        client = connection;
        met = true;
    }

    /** This connection to it has been opened; it does not know yet who did. */
    void connected(TransportClient connection) {
        client = connection;
    }

    /** It has answered the greeting: from now on it listens. */
    void answered() {
        met = true;
    }

    /** Whether each knows who is at the other end of the connection. */
    boolean hasMet() {
        return met;
    }

    /** Why it counts as lost if its connection is closed. Who has not met this one yet is missed by the greeting. */
    Optional<WorkerLostException> absence() {
        return met && !leaving && !client.isActive()
                ? Optional.of(lost("its connection was closed"))
                : Optional.empty();
    }

    boolean isAt(TransportClient other) {
        return client == other;
    }

    /** It has said that it leaves in peace. */
    void leaves() {
        leaving = true;
    }

    boolean isLeaving() {
        return leaving;
    }

    void tell(ByteBuffer message) {
        client.send(message);
    }

    /** Waits for the answer; fails after {@code millis}. */
    ByteBuffer ask(ByteBuffer message, long millis) {
        return client.sendRpcSync(message, millis);
    }

    /** From now on segments to it go through this memory. */
    void writesTo(MemoryOut memory) {
        memoryOut = Optional.of(memory);
    }

    /** From now on segments from it may be in this memory. */
    void readsFrom(MemoryIn memory) {
        memoryIn = Optional.of(memory);
    }

    /** Where segments to it are put; empty where they go over the network. */
    Optional<MemoryOut> memory() {
        return memoryOut;
    }

    void send(Parcel parcel, RpcResponseCallback answer) {
        parcel.send(client, answer);
    }

    /** Has a segment read that it says is in the shared memory. */
    void read(int slot, int bytes, Consumer<ByteBuffer> reader) {
        memoryIn.orElseThrow(() -> new IllegalArgumentException("a segment in memory that is not shared"))
                .read(slot, bytes, reader);
    }

    /** Asks for a sign of life: why it counts as lost; empty where it answers and has come to this averaging. Waits. */
    Optional<WorkerLostException> probe(long averaging, Vigil vigil) {
        String within = " within " + vigil.seconds(1);
        if (!met) {
            return Optional.of(lost("did not say hello" + within));
        }
        try {
            long reached =
                    ask(Message.of(Message.Kind.PING), vigil.answerMillis()).getLong();
            return reached < averaging
                    ? Optional.of(lost("has not come to averaging " + averaging + within))
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(lost("no sign of life" + within));
        }
    }

    /**
     * Says a last word. Who hears it closes the connection: if the one who says it did, and had not read all yet, the other's
     * end would break before it is heard, and the wrong one would be blamed. Nothing is said to who would take it for a stranger's
     * word. Does not wait.
     */
    void part(ByteBuffer lastWord) {
        if (met && !parted) {
            parted = true;
            client.send(lastWord.duplicate());
        }
    }

    /** It has said its last word: nothing more will come, and nobody will take anything. Does not wait. */
    void hasParted() {
        client.getChannel().close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** Waits until the connection is closed and nobody reads a segment's memory any more, but not beyond {@code deadline}. */
    void hangUp(long deadline) {
        if (parted) {
            client.getChannel()
                    .closeFuture()
                    .awaitUninterruptibly(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        if (client != null) {
            client.close();
        }
        memoryOut.ifPresent(MemoryOut::close);
        memoryIn.ifPresent(MemoryIn::close);
    }
}
