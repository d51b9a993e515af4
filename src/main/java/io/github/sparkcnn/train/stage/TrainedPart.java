package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.ElementCount;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.LossPoint;
import io.github.sparkcnn.track.PartOfEpoch;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of an epoch on its way from one worker to the driver.
 *
 * @param state that all workers have come to
 */
public record TrainedPart(PartOfEpoch part, NetworkState state) {

    /** The length of what stands before the state. */
    private static final int LENGTH = Integer.BYTES;

    /** The length of a point of the loss. */
    private static final int POINT = Integer.BYTES + Long.BYTES + Double.BYTES;

    ByteBuffer bytes() {
        ByteBuffer content = StateBytes.of(state);
        ByteBuffer head = Message.bytes(out -> write(part, out));
        return ByteBuffer.allocate(Math.addExact(LENGTH + head.remaining(), content.remaining()))
                .putInt(head.remaining())
                .put(head)
                .put(content)
                .flip();
    }

    /** What {@link #bytes} wrote; throws IllegalArgumentException for anything else. */
    static TrainedPart read(ByteBuffer bytes) {
        int there = bytes.remaining();
        int head = there < LENGTH ? -1 : bytes.getInt();
        if (head < 0 || head > bytes.remaining()) {
            throw new IllegalArgumentException("no part of an epoch: it ends after " + there + " bytes");
        }
        PartOfEpoch part = Message.read(bytes.slice(bytes.position(), head), TrainedPart::readPart);
        return new TrainedPart(part, StateBytes.read(bytes.position(bytes.position() + head)));
    }

    /** Without the state. */
    static void write(PartOfEpoch part, DataOutputStream out) throws IOException {
        out.writeInt(part.minibatches());
        out.writeDouble(part.lossSum());
        out.writeLong(part.images());
        out.writeDouble(part.seconds());
        out.writeInt(part.curve().size());
        for (LossPoint point : part.curve()) {
            out.writeInt(point.minibatches());
            out.writeLong(point.images());
            out.writeDouble(point.lossSum());
        }
    }

    /** What {@link #write} wrote. */
    static PartOfEpoch readPart(DataInputStream in) throws IOException {
        return new PartOfEpoch(in.readInt(), in.readDouble(), in.readLong(), in.readDouble(), readCurve(in));
    }

    private static List<LossPoint> readCurve(DataInputStream in) throws IOException {
        List<LossPoint> curve = new ArrayList<>();
        for (int left = ElementCount.read(in, POINT); left > 0; left--) {
            curve.add(new LossPoint(in.readInt(), in.readLong(), in.readDouble()));
        }
        return curve;
    }
}
