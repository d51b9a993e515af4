package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.PartOfEpoch;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A part of an epoch on its way from one worker to the driver.
 *
 * @param state that all workers have come to
 */
public record TrainedPart(PartOfEpoch part, NetworkState state) {

    private static final int HEADER = Integer.BYTES + Double.BYTES + Long.BYTES + Double.BYTES;

    ByteBuffer bytes() {
        ByteBuffer content = StateBytes.of(state);
        return ByteBuffer.allocate(Math.addExact(HEADER, content.remaining()))
                .put(Message.bytes(out -> write(part, out)))
                .put(content)
                .flip();
    }

    /** What {@link #bytes} wrote; throws IllegalArgumentException for anything else. */
    static TrainedPart read(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER) {
            throw new IllegalArgumentException("no part of an epoch: it ends after " + bytes.remaining() + " bytes");
        }
        PartOfEpoch part = Message.read(bytes.slice(bytes.position(), HEADER), TrainedPart::readPart);
        return new TrainedPart(part, StateBytes.read(bytes.position(bytes.position() + HEADER)));
    }

    /** Without the state, in {@value #HEADER} bytes. */
    static void write(PartOfEpoch part, DataOutputStream out) throws IOException {
        out.writeInt(part.minibatches());
        out.writeDouble(part.lossSum());
        out.writeLong(part.images());
        out.writeDouble(part.seconds());
    }

    /** What {@link #write} wrote. */
    static PartOfEpoch readPart(DataInputStream in) throws IOException {
        return new PartOfEpoch(in.readInt(), in.readDouble(), in.readLong(), in.readDouble());
    }
}
