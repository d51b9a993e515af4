package io.github.sparkcnn.allreduce.transport;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;

/** Where a server listens, as others reach it. */
public record Address(String host, int port) implements Serializable {

    /** That of an empty name, and the port. */
    static final int LEAST_BYTES = Short.BYTES + Integer.BYTES;

    /** As fields of a message. */
    public void write(DataOutputStream out) throws IOException {
        out.writeUTF(host);
        out.writeInt(port);
    }

    /** What {@link #write} wrote. */
    public static Address read(DataInputStream in) throws IOException {
        return new Address(in.readUTF(), in.readInt());
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
