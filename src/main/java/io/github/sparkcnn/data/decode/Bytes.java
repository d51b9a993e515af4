package io.github.sparkcnn.data.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Unsigned numbers in the bytes of a header; what lies behind its end throws {@link IndexOutOfBoundsException}. */
record Bytes(ByteBuffer buffer) {
    static Bytes big(byte[] bytes) {
        return new Bytes(ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN));
    }

    static Bytes little(byte[] bytes) {
        return new Bytes(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    int length() {
        return buffer.capacity();
    }

    int byteAt(int at) {
        return buffer.get(at) & 0xff;
    }

    int shortAt(int at) {
        return buffer.getShort(at) & 0xffff;
    }

    int intAt(int at) {
        return buffer.getInt(at);
    }

    /** Whether {@code count} colours from here on, each {@code step} bytes with red, green and blue first, are greys. */
    boolean areGreys(int at, int count, int step) {
        boolean grey = true;
        for (int i = 0; grey && i < count; i++) {
            int colour = at + i * step;
            grey = byteAt(colour) == byteAt(colour + 1) && byteAt(colour) == byteAt(colour + 2);
        }
        return grey;
    }
}
