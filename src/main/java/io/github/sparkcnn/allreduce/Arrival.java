package io.github.sparkcnn.allreduce;

import java.nio.ByteBuffer;
import java.util.List;

/** Where the bytes of one segment go, in pieces that are cut anywhere. */
record Arrival(List<ByteBuffer> targets) {
    private static final String LONGER = "a segment is longer than announced";
    private static final String SHORTER = "a segment is shorter than announced";

    /** Takes more of them. */
    void take(ByteBuffer bytes) {
        for (ByteBuffer target : targets) {
            int n = Math.min(bytes.remaining(), target.remaining());
            target.put(bytes.slice(bytes.position(), n));
            bytes.position(bytes.position() + n);
        }
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException(LONGER);
        }
    }

    /** Whether all have come. */
    void requireComplete() {
        if (targets.stream().anyMatch(ByteBuffer::hasRemaining)) {
            throw new IllegalArgumentException(SHORTER);
        }
    }

    /** The same of a segment that comes as a whole. */
    static void requireLength(int announced, int come) {
        if (come != announced) {
            throw new IllegalArgumentException(come > announced ? LONGER : SHORTER);
        }
    }
}
