package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.PartOfEpoch;
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
                .putInt(part.minibatches())
                .putDouble(part.lossSum())
                .putLong(part.images())
                .putDouble(part.seconds())
                .put(content)
                .flip();
    }

    /** What {@link #bytes} wrote; throws IllegalArgumentException for anything else. */
    static TrainedPart read(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER) {
            throw new IllegalArgumentException("no part of an epoch: it ends after " + bytes.remaining() + " bytes");
        }
        PartOfEpoch part = new PartOfEpoch(bytes.getInt(), bytes.getDouble(), bytes.getLong(), bytes.getDouble());
        return new TrainedPart(part, StateBytes.read(bytes));
    }
}
