package io.github.sparkcnn.allreduce.transport;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;

/**
 * One attempt of one training run: what a worker must name to be let in.
 *
 * @param id of the run, unique in the Spark application and beyond
 * @param attempt of the barrier stage, counted from 0; a later attempt ends the earlier ones
 */
public record RunAttempt(String id, int attempt) implements Serializable {

    /** As fields of a message. */
    public void write(DataOutputStream out) throws IOException {
        out.writeUTF(id);
        out.writeInt(attempt);
    }

    /** What {@link #write} wrote. */
    public static RunAttempt read(DataInputStream in) throws IOException {
        return new RunAttempt(in.readUTF(), in.readInt());
    }

    @Override
    public String toString() {
        return id + " attempt " + attempt;
    }
}
