package io.github.sparkcnn.allreduce;

import java.nio.ByteBuffer;
import java.util.List;

/** Where the bytes of one segment go, in pieces that are cut anywhere. */
record Arrival(List<ByteBuffer> targets) {

    /** Takes more of them. */
    void take(ByteBuffer bytes) {
        for (ByteBuffer target : targets) {
            int n = Math.min(bytes.remaining(), target.remaining());
            target.put(bytes.slice(bytes.position(), n));
            bytes.position(bytes.position() + n);
        }
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException("a segment is longer than announced");
        }
    }

    /** Whether all have come. */
    void requireComplete() {
        if (targets.stream().anyMatch(ByteBuffer::hasRemaining)) {
            throw new IllegalArgumentException("a segment is shorter than announced");
        }
    }
}
