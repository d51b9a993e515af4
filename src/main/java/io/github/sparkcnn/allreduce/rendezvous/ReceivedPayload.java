package io.github.sparkcnn.allreduce.rendezvous;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.spark.network.client.StreamCallbackWithID;

/**
 * A call's payload on its way in: a small one in the call, a larger one as a stream. The size of that is what the caller says: the room
 * for it grows with what has come.
 */
final class ReceivedPayload implements StreamCallbackWithID {
    private static final int FIRST_ROOM = 16 << 20;

    private final String type;
    private final int size;
    private ByteBuffer bytes;

    ReceivedPayload(String type, int size) {
        if (size < 0) {
            throw new IllegalArgumentException("a payload of " + size + " bytes");
        }
        this.type = type;
        this.size = size;
        this.bytes = ByteBuffer.allocate(Math.min(size, FIRST_ROOM));
    }

    /** In a call, at its end. */
    static void write(String type, ByteBuffer payload, DataOutputStream out) throws IOException {
        byte[] content = new byte[payload.remaining()];
        payload.duplicate().get(content);
        out.writeUTF(type);
        out.write(content);
    }

    /** What {@link #write} wrote: takes all that remains of the call. */
    static ReceivedPayload read(DataInputStream in) throws IOException {
        String type = in.readUTF();
        byte[] content = in.readAllBytes();
        ReceivedPayload payload = new ReceivedPayload(type, content.length);
        payload.bytes.put(content).flip();
        return payload;
    }

    String type() {
        return type;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void onData(String id, ByteBuffer data) {
        long needed = (long) bytes.position() + data.remaining();
        if (needed > size) {
            throw new IllegalArgumentException("more than the " + size + " bytes of the payload");
        }
        if (needed > bytes.capacity()) {
            int room = (int) Math.min(size, Math.max(needed, 4L * bytes.capacity()));
            bytes = ByteBuffer.allocate(room).put(bytes.flip());
        }
        bytes.put(data);
    }

    @Override
    public void onComplete(String id) {
        if (bytes.position() < size) {
            throw new IllegalArgumentException(bytes.position() + " of the " + size + " bytes of the payload");
        }
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
