package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.memory.MemoryOffer;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.allreduce.transport.Ring;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.io.DataInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;

/** Turns what arrives at a worker into calls of its {@link RingCommunicator}. Runs on Netty's threads, never waits. */
public final class RingHandler extends RpcHandler {
    private final RunAttempt run;
    private final StreamManager streams = new OneForOneStreamManager();
    private final List<Consumer<RingCommunicator>> early = new ArrayList<>();
    private Optional<RingCommunicator> occupant = Optional.empty();

    /** Lets in who names this attempt of a run. */
    public RingHandler(RunAttempt run) {
        this.run = run;
    }

    /**
     * Takes this worker's seat, greets the right neighbours and waits for the left ones. Once per handler.
     *
     * @param endpoint that was opened with this handler
     * @param transport that the endpoint is of
     * @param rule the same for all workers
     * @throws WorkerLostException if a neighbour is not there
     */
    public Communicator join(
            Ring ring, int rank, Transport.Endpoint endpoint, Transport transport, Exchange.Rule rule) {
        RingCommunicator seated = new RingCommunicator(new Seat(ring, run, rank), transport, rule);
        seated.connect(endpoint, this);
        return seated;
    }

    /** From now on messages go to {@code seated}; a neighbour may have said hello before. */
    synchronized void serve(RingCommunicator seated) {
        occupant = Optional.of(seated);
        early.forEach(greeting -> greeting.accept(seated));
        early.clear();
    }

    @Override
    public void receive(TransportClient client, ByteBuffer bytes, RpcResponseCallback callback) {
        switch (Message.kind(bytes)) {
            case HELLO -> hello(client, bytes, callback);
            case SEGMENTS -> {
                seated(client).inbox().segmentsInMemory(client, bytes);
                callback.onSuccess(ByteBuffer.allocate(0));
            }
            case PING -> callback.onSuccess(seated(client).pong());
            default -> callback.onFailure(new IllegalArgumentException("not for a worker"));
        }
    }

    @Override
    public void receive(TransportClient client, ByteBuffer bytes) {
        RingCommunicator communicator = seated(client);
        switch (Message.kind(bytes)) {
            case READY -> communicator.ready(client, Message.read(bytes, DataInputStream::readLong));
            case BYE -> communicator.bye(client);
            case ABORT -> communicator.abort(client, Message.read(bytes, WorkerLostException::read));
            default -> throw new IllegalArgumentException("not for a worker");
        }
    }

    @Override
    public StreamCallbackWithID receiveStream(TransportClient client, ByteBuffer header, RpcResponseCallback callback) {
        return seated(client).inbox().segment(client, header);
    }

    @Override
    public void channelInactive(TransportClient client) {
        occupant().ifPresent(communicator -> communicator.disconnected(client));
    }

    @Override
    public StreamManager getStreamManager() {
        return streams;
    }

    private void hello(TransportClient client, ByteBuffer bytes, RpcResponseCallback callback) {
        Message.read(bytes, in -> {
            long token = in.readLong();
            RunAttempt itsRun = RunAttempt.read(in);
            int rank = in.readInt();
            Optional<MemoryOffer> memory = in.readBoolean() ? Optional.of(MemoryOffer.read(in)) : Optional.empty();
            if (!itsRun.equals(run)) {
                callback.onFailure(new SecurityException(itsRun + " is not " + run));
                return rank;
            }
            Transport.admit(client);
            whenSeated(communicator -> {
                try {
                    callback.onSuccess(communicator.welcome(client, token, itsRun, rank, memory));
                } catch (SecurityException e) {
                    callback.onFailure(e);
                }
            });
            return rank;
        });
    }

    private synchronized void whenSeated(Consumer<RingCommunicator> greeting) {
        occupant.ifPresentOrElse(greeting, () -> early.add(greeting));
    }

    private synchronized Optional<RingCommunicator> occupant() {
        return occupant;
    }

    private RingCommunicator seated(TransportClient client) {
        return occupant()
                .filter(communicator -> communicator.isNeighbour(client))
                .orElseThrow(() -> new SecurityException("a stranger: " + client.getSocketAddress()));
    }
}
