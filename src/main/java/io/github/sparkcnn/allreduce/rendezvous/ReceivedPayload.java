package io.github.sparkcnn.allreduce.rendezvous;

import java.nio.ByteBuffer;
import org.apache.spark.network.client.StreamCallbackWithID;

/** A call's payload on its way in. */
final class ReceivedPayload implements StreamCallbackWithID {
    private final String type;
    private final ByteBuffer bytes;

    ReceivedPayload(String type, int size) {
        this.type = type;
        this.bytes = ByteBuffer.allocate(size);
    }

    String type() {
        return type;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void onData(String id, ByteBuffer data) {
        bytes.put(data);
    }

    @Override
    public void onComplete(String id) {
        bytes.flip();
    }

    @Override
    public void onFailure(String id, Throwable cause) {
        // the connection is gone and with it the caller
    }

    @Override
    public String getID() {
        return type;
    }
}
