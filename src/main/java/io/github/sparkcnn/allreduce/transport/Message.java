package io.github.sparkcnn.allreduce.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A small message between workers or to the driver: its kind, then fields in the order in which they are written and read. */
public final class Message {

    /** What a message is for. */
    public enum Kind {
        /** Worker to driver: run, rank, size, address. Answered with the ring, or with nothing while not all have come. */
        REGISTER,
        /** Worker to its right neighbour: token, run, rank, memory to share. Answered with whether it is shared, or who is lost. */
        HELLO,
        /** Worker to its left neighbour: the number of the averaging that it takes part in from now on. */
        READY,
        /** Worker to its right neighbour: of each segment where in shared memory it is, and its header. Answered when all are read. */
        SEGMENTS,
        /** Are you there? Answered with the number of the last averaging that the worker has ended, or that it waits in one. */
        PING,
        /** The run is lost: rank, host, reason. */
        ABORT,
        /** The sender leaves in peace. */
        BYE,
        /** Worker to driver: run, rank, the number of the call whose payload has been sent. */
        CALL
    }

    /** Writes the fields. */
    public interface Fields {
        void write(DataOutputStream out) throws IOException;
    }

    /** Reads the fields. */
    public interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private Message() {}

    /** A message with fields. */
    public static ByteBuffer of(Kind kind, Fields fields) {
        return bytes(out -> {
            out.writeUTF(kind.name());
            fields.write(out);
        });
    }

    /** A message that its kind says all of. */
    public static ByteBuffer of(Kind kind) {
        return of(kind, out -> {});
    }

    /**
     * Takes the kind off the front; the fields remain.
     *
     * @throws IllegalArgumentException for what is no message
     */
    public static Kind kind(ByteBuffer message) {
        int length = message.remaining() < Short.BYTES ? -1 : message.getShort();
        if (length < 0 || length > message.remaining()) {
            throw new IllegalArgumentException("no message: it ends within its kind");
        }
        byte[] name = new byte[length];
        message.get(name);
        return Kind.valueOf(new String(name, StandardCharsets.US_ASCII));
    }

    /** Fields alone, as an answer has them. */
    public static ByteBuffer bytes(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            fields.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a message", e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    /**
     * Reads the fields; takes all that remains.
     *
     * @throws IllegalArgumentException where they are not there
     */
    public static <T> T read(ByteBuffer message, Reader<T> reader) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reader.read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("no message: its fields are damaged or missing", e);
        }
    }
}
