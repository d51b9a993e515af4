package io.github.sparkcnn.allreduce;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A worker died, stalled, failed or sent nonsense: the run cannot go on in this attempt. Every other worker gets the same. */
public final class WorkerLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What all are told has to fit into a message. */
    private static final int LONGEST_REASON = 2_000;

    private final int rank;
    private final String host;
    private final String reason;

    public WorkerLostException(int rank, String host, String reason) {
        super("Worker " + rank + " (" + host + ") is lost: " + reason);
        this.rank = rank;
        this.host = host;
        this.reason = reason;
    }

    /** As fields of a message. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(rank);
        out.writeUTF(host);
        out.writeUTF(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
    }

    /** What {@link #write} wrote. */
    public static WorkerLostException read(DataInputStream in) throws IOException {
        return new WorkerLostException(in.readInt(), in.readUTF(), in.readUTF());
    }

    /** The rank of the lost worker. */
    public int rank() {
        return rank;
    }

    /** The address of the lost worker. */
    public String host() {
        return host;
    }

    /** What happened to it, as far as the others know. */
    public String reason() {
        return reason;
    }
}
