package io.github.sparkcnn.allreduce.transport;

import io.github.sparkcnn.ElementCount;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who takes part in an attempt.
 *
 * @param token drawn by the driver for this attempt; stands in every message, so that nobody else's is taken for ours
 * @param workers where each rank listens
 */
public record Ring(long token, List<Address> workers) {

    /** As fields of a message. */
    public void write(DataOutputStream out) throws IOException {
        out.writeLong(token);
        out.writeInt(workers.size());
        for (Address worker : workers) {
            worker.write(out);
        }
    }

    /** What {@link #write} wrote. */
    public static Ring read(DataInputStream in) throws IOException {
        long token = in.readLong();
        List<Address> workers = new ArrayList<>();
        for (int left = ElementCount.read(in, Address.LEAST_BYTES); left > 0; left--) {
            workers.add(Address.read(in));
        }
        return new Ring(token, workers);
    }
}
