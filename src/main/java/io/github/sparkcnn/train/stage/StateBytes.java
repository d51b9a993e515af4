package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.network.NetworkState;
import java.nio.ByteBuffer;

/** A network's state on its way between driver and worker: four whole numbers, then the floats. Bounded by 2 GiB. */
final class StateBytes {
    private static final int HEADER = 4 * Integer.BYTES;

    private StateBytes() {}

    static ByteBuffer of(NetworkState state) {
        int floats = Math.addExact(state.parameters().length, state.updater().length);
        ByteBuffer bytes = ByteBuffer.allocate(Math.addExact(HEADER, Math.multiplyExact(floats, Float.BYTES)));
        bytes.putInt(state.iteration())
                .putInt(state.epoch())
                .putInt(state.parameters().length)
                .putInt(state.updater().length);
        bytes.asFloatBuffer().put(state.parameters()).put(state.updater());
        return bytes.rewind();
    }

    /** What {@link #of} wrote; throws IllegalArgumentException for anything else. */
    static NetworkState read(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER) {
            throw new IllegalArgumentException("no state: it ends after " + bytes.remaining() + " bytes");
        }
        int iteration = bytes.getInt();
        int epoch = bytes.getInt();
        int parameters = bytes.getInt();
        int updater = bytes.getInt();
        if (parameters < 0 || updater < 0 || ((long) parameters + updater) * Float.BYTES != bytes.remaining()) {
            throw new IllegalArgumentException("no state: " + bytes.remaining() + " bytes for " + parameters
                    + " parameters and " + updater + " floats of the updater");
        }
        return new NetworkState(floats(bytes, parameters), floats(bytes, updater), iteration, epoch);
    }

    private static float[] floats(ByteBuffer bytes, int count) {
        float[] floats = new float[count];
        bytes.asFloatBuffer().get(floats);
        bytes.position(bytes.position() + count * Float.BYTES);
        return floats;
    }
}
