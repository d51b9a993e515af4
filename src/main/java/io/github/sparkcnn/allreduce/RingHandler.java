package io.github.sparkcnn.allreduce;

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
final class RingHandler extends RpcHandler {
    private final StreamManager streams = new OneForOneStreamManager();
    private final List<Consumer<RingCommunicator>> early = new ArrayList<>();
    private Optional<RingCommunicator> seat = Optional.empty();

    /** From now on messages go to {@code communicator}; a neighbour may have said hello before. */
    synchronized void serve(RingCommunicator communicator) {
        seat = Optional.of(communicator);
        early.forEach(greeting -> greeting.accept(communicator));
        early.clear();
    }

    @Override
    public void receive(TransportClient client, ByteBuffer bytes, RpcResponseCallback callback) {
        switch (Message.kind(bytes)) {
            case HELLO -> hello(client, bytes, callback);
            case PING -> callback.onSuccess(seated(client).pong());
            default -> callback.onFailure(new IllegalArgumentException("not for a worker"));
        }
    }

    @Override
    public void receive(TransportClient client, ByteBuffer bytes) {
        RingCommunicator communicator = seated(client);
        switch (Message.kind(bytes)) {
            case READY -> communicator.ready(client, bytes.getLong());
            case BYE -> communicator.bye(client);
            case ABORT ->
                communicator.lose(
                        Message.read(bytes, in -> new WorkerLostException(in.readInt(), in.readUTF(), in.readUTF())));
            default -> throw new IllegalArgumentException("not for a worker");
        }
    }

    @Override
    public StreamCallbackWithID receiveStream(TransportClient client, ByteBuffer header, RpcResponseCallback callback) {
        return seated(client).segment(header);
    }

    @Override
    public void channelInactive(TransportClient client) {
        seat().ifPresent(communicator -> communicator.disconnected(client));
    }

    @Override
    public StreamManager getStreamManager() {
        return streams;
    }

    private void hello(TransportClient client, ByteBuffer bytes, RpcResponseCallback callback) {
        Message.read(bytes, in -> {
            long token = in.readLong();
            Run run = Message.readRun(in);
            int rank = in.readInt();
            whenSeated(communicator -> {
                try {
                    communicator.welcome(client, token, run, rank);
                    callback.onSuccess(ByteBuffer.allocate(0));
                } catch (SecurityException e) {
                    callback.onFailure(e);
                }
            });
            return rank;
        });
    }

    private synchronized void whenSeated(Consumer<RingCommunicator> greeting) {
        seat.ifPresentOrElse(greeting, () -> early.add(greeting));
    }

    private synchronized Optional<RingCommunicator> seat() {
        return seat;
    }

    private RingCommunicator seated(TransportClient client) {
        return seat().filter(communicator -> communicator.isNeighbour(client))
                .orElseThrow(() -> new SecurityException("a stranger: " + client.getSocketAddress()));
    }
}
