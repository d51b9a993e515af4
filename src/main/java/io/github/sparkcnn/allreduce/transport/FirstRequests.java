package io.github.sparkcnn.allreduce.transport;

import java.nio.ByteBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;

/**
 * Stands behind a {@link Gate} and in front of Spark's authentication, where there is one: while the gate is closed, a request
 * that is refused ends the connection, and one that makes no sense does not end in a stack trace.
 */
final class FirstRequests extends RpcHandler {
    private final Gate gate;
    private final RpcHandler handler;
    private final Proof proof;
    private boolean begun;

    FirstRequests(Gate gate, RpcHandler handler, Proof proof) {
        this.gate = gate;
        this.handler = handler;
        this.proof = proof;
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
        if (gate.isOpen()) {
            handler.receive(client, message, callback);
            return;
        }
        try {
            proof.check(message, !begun);
            begun = true;
            handler.receive(client, message, refusing(callback));
        } catch (RuntimeException e) {
            if (gate.isOpen()) { // it has named the run meanwhile, and Spark's library tells it what went wrong
                throw e;
            }
            gate.refuse(e);
        }
    }

    private RpcResponseCallback refusing(RpcResponseCallback callback) {
        return new RpcResponseCallback() {
            @Override
            public void onSuccess(ByteBuffer response) {
                callback.onSuccess(response);
            }

            @Override
            public void onFailure(Throwable e) {
                callback.onFailure(e);
                gate.refuse(e);
            }
        };
    }

    // All else is for those who have passed the gate.

    @Override
    public void receive(TransportClient client, ByteBuffer message) {
        handler.receive(client, message);
    }

    @Override
    public StreamCallbackWithID receiveStream(TransportClient client, ByteBuffer header, RpcResponseCallback callback) {
        return handler.receiveStream(client, header, callback);
    }

    @Override
    public StreamManager getStreamManager() {
        return handler.getStreamManager();
    }

    @Override
    public MergedBlockMetaReqHandler getMergedBlockMetaReqHandler() {
        return handler.getMergedBlockMetaReqHandler();
    }

    @Override
    public void channelActive(TransportClient client) {
        handler.channelActive(client);
    }

    @Override
    public void channelInactive(TransportClient client) {
        handler.channelInactive(client);
    }

    @Override
    public void exceptionCaught(Throwable cause, TransportClient client) {
        handler.exceptionCaught(cause, client);
    }
}
