package io.github.sparkcnn.allreduce;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The step of a running weighted mean: m ← m + (x − m)·w/W. Equal vectors stay bit for bit what they are, and no sum grows
 * large.
 */
final class WeightedMean {
    private static final int BLOCK = 4096;

    // The just-in-time compiler vectorises loops over arrays, not over buffers; blocks of this size stay in the L1
    // cache.
    private final float[] own = new float[BLOCK];
    private final float[] mean = new float[BLOCK];

    /**
     * Puts the mean of what is held and what comes into the former.
     *
     * @param held in one or several pieces
     * @param incoming its next floats are taken, as many as are held
     */
    void merge(List<ByteBuffer> held, long heldWeight, ByteBuffer incoming, long incomingWeight) {
        for (ByteBuffer piece : held) {
            ByteBuffer part =
                    incoming.slice(incoming.position(), piece.remaining()).order(ByteOrder.nativeOrder());
            incoming.position(incoming.position() + piece.remaining());
            if (incomingWeight == 0) {
                continue; // what comes counts for nothing
            }
            if (heldWeight == 0) {
                piece.put(part); // not share 0: a worker that counts for nothing may hold NaN
            } else {
                merge(piece, part, (float) (heldWeight / (double) (incomingWeight + heldWeight)));
            }
        }
    }

    /**
     * Puts the mean of {@code vector} and {@code incoming} into {@code vector}.
     *
     * @param share of {@code vector} in it, above 0 and at most 1
     */
    void merge(ByteBuffer vector, ByteBuffer incoming, float share) {
        FloatBuffer reader = incoming.asFloatBuffer();
        FloatBuffer target = vector.asFloatBuffer();
        while (target.hasRemaining()) {
            int n = Math.min(BLOCK, target.remaining());
            int position = target.position();
            target.get(position, own, 0, n);
            reader.get(mean, 0, n);
            for (int i = 0; i < n; i++) {
                own[i] = mean[i] + (own[i] - mean[i]) * share;
            }
            target.put(own, 0, n);
        }
    }
}
