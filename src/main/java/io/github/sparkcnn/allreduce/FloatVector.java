package io.github.sparkcnn.allreduce;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Floats in memory that belongs to somebody else, in one or several buffers seen as one vector (parameters, then updater
 * state). Direct buffers are sent and received without a copy.
 */
public final class FloatVector {
    private final List<ByteBuffer> parts = new ArrayList<>();
    private final long length;

    private FloatVector(ByteBuffer... buffers) {
        long bytes = 0;
        for (ByteBuffer buffer : buffers) {
            ByteBuffer part = buffer.slice().order(ByteOrder.nativeOrder());
            if (part.remaining() % Float.BYTES != 0) {
                throw new IllegalArgumentException(part.remaining() + " bytes are not a whole number of floats");
            }
            parts.add(part);
            bytes += part.remaining();
        }
        length = bytes / Float.BYTES;
    }

    /** The remaining bytes of each buffer, as floats in the machine's byte order, one after the other. */
    public static FloatVector of(ByteBuffer... buffers) {
        return new FloatVector(buffers);
    }

    /** Writable views of the buffers. */
    public List<ByteBuffer> buffers() {
        return parts.stream()
                .map(part -> part.duplicate().order(ByteOrder.nativeOrder()))
                .toList();
    }

    /** The number of floats. */
    public long length() {
        return length;
    }

    /**
     * Writable views of the floats {@code from .. from + count - 1}, where the first comes after the last: one, or more where
     * the range crosses buffers.
     *
     * @param count at most the length
     */
    List<ByteBuffer> pieces(long from, int count) {
        List<ByteBuffer> pieces = new ArrayList<>(1);
        long begin = from < length ? from : from - length;
        int behind = (int) Math.max(0, begin + count - length);
        collect(pieces, begin, count - behind);
        collect(pieces, 0, behind);
        return pieces;
    }

    private void collect(List<ByteBuffer> pieces, long from, int count) {
        long begin = from * Float.BYTES;
        long end = begin + (long) count * Float.BYTES;
        long offset = 0;
        for (ByteBuffer part : parts) {
            long first = Math.max(begin, offset);
            long last = Math.min(end, offset + part.capacity());
            if (first < last) {
                pieces.add(
                        part.slice((int) (first - offset), (int) (last - first)).order(ByteOrder.nativeOrder()));
            }
            offset += part.capacity();
        }
    }

    /** The same floats to read: a view, or a copy where the range crosses buffers. */
    ByteBuffer readable(long from, int count) {
        List<ByteBuffer> pieces = pieces(from, count);
        if (pieces.size() == 1) {
            return pieces.get(0);
        }
        ByteBuffer gathered = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.nativeOrder());
        pieces.forEach(gathered::put);
        return gathered.flip();
    }
}
