package io.github.sparkcnn.allreduce.rendezvous;

import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;

/** Turns what arrives at the driver into calls of the {@link Coordinator}. */
final class CoordinatorHandler extends RpcHandler {
    /** A worker that waits for others asks again so often: Spark closes a connection on which an answer is due for long. */
    private static final int MOST_WAITING_MILLIS = 1_000;

    private final Coordinator coordinator;
    private final StreamManager streams = new OneForOneStreamManager();
    private final Map<TransportClient, ReceivedPayload> payloads = new ConcurrentHashMap<>();

    CoordinatorHandler(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    @Override
    public void receive(TransportClient client, ByteBuffer bytes, RpcResponseCallback callback) {
        switch (Message.kind(bytes)) {
            case REGISTER -> register(client, bytes, callback);
            case CALL -> call(client, bytes, callback);
            default -> callback.onSuccess(Answer.refusal("not for the driver"));
        }
    }

    /** A large payload comes ahead of its call as a stream, which goes straight into one array however large it is. */
    @Override
    public StreamCallbackWithID receiveStream(TransportClient client, ByteBuffer header, RpcResponseCallback callback) {
        ReceivedPayload payload = Message.read(header, in -> new ReceivedPayload(in.readUTF(), in.readInt()));
        payloads.put(client, payload);
        return payload;
    }

    @Override
    public void channelInactive(TransportClient client) {
        payloads.remove(client);
    }

    @Override
    public StreamManager getStreamManager() {
        return streams;
    }

    private void register(TransportClient client, ByteBuffer bytes, RpcResponseCallback callback) {
        Message.read(bytes, in -> {
            RunAttempt run = RunAttempt.read(in);
            if (coordinator.isOfRun(run)) {
                Transport.admit(client);
            }
            CompletionStage<ByteBuffer> ring = coordinator
                    .join(run, in.readInt(), in.readInt(), Address.read(in))
                    .thenApply(all -> Message.bytes(all::write))
                    .completeOnTimeout(DriverLink.ASK_AGAIN, MOST_WAITING_MILLIS, TimeUnit.MILLISECONDS);
            ring.whenComplete((answer, refusal) -> reply(
                    client, callback, refusal == null ? Answer.of(answer) : Answer.refusal(refusal.getMessage())));
            return callback;
        });
    }

    private void call(TransportClient client, ByteBuffer bytes, RpcResponseCallback callback) {
        Message.read(bytes, in -> {
            RunAttempt run = RunAttempt.read(in);
            int rank = in.readInt();
            ReceivedPayload payload = in.readBoolean() ? ReceivedPayload.read(in) : payloads.remove(client);
            if (payload == null) {
                throw new IllegalArgumentException("a call whose payload has not come");
            }
            coordinator.call(
                    run,
                    rank,
                    payload.type(),
                    payload.bytes(),
                    answer -> reply(client, callback, Answer.of(answer)),
                    reason -> reply(client, callback, Answer.refusal(reason)));
            return callback;
        });
    }

    /** An answer may come so late that nobody is there any more: Spark would log a stack trace. */
    private static void reply(TransportClient client, RpcResponseCallback callback, ByteBuffer answer) {
        if (client.isActive()) {
            callback.onSuccess(answer);
        }
    }
}
