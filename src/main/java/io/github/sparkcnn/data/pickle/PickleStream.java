package io.github.sparkcnn.data.pickle;

import io.github.sparkcnn.UserException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, counted, so that a message can say where. */
final class PickleStream {

    private final InputStream in;
    private final String source;
    private long offset;

    PickleStream(InputStream in, String source) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.source = source;
    }

    long offset() {
        return offset;
    }

    int next() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw truncated();
        }
        offset++;
        return value;
    }

    /** Reading on to the end makes gzip check its sum. */
    void requireEnd() throws IOException {
        if (in.read() >= 0) {
            throw refusal("it goes on after the pickle's end at byte " + offset);
        }
    }

    byte[] bytes(long count) throws IOException {
        if (count < 0 || count > Integer.MAX_VALUE - 8) {
            throw refusal("at byte " + offset + " is a text of " + count + " bytes");
        }
        byte[] bytes = in.readNBytes((int) count);
        if (bytes.length < count) {
            throw truncated();
        }
        offset += count;
        return bytes;
    }

    /** An unsigned number of up to four bytes, little endian. */
    long unsigned(int size) throws IOException {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) next() << (8 * i);
        }
        return value;
    }

    /** A line without its end. */
    byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int value = next(); value != '\n'; value = next()) {
            line.write(value);
        }
        return line.toByteArray();
    }

    String text() throws IOException {
        return new String(line(), StandardCharsets.ISO_8859_1);
    }

    UserException refusal(String reason) {
        return new UserException(
                "read " + source, reason, "Give the original mnist.pkl.gz, or the IDX files with data.format = idx");
    }

    private EOFException truncated() {
        return new EOFException("at byte " + offset);
    }
}
