package io.github.sparkcnn.eval;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;

/**
 * A sum of losses, or of probabilities, that is the same to the last bit in whatever order they are added, because whole numbers are: so a test set
 * in the driver and one spread over executors come to the same. Exact to 2⁻⁵⁰ a term, for |term| below 2⁵ and 2³² terms. Mutable.
 */
final class OrderlessSum implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final double COARSE = 0x1p20;
    private static final double FINE = 0x1p50;

    private long coarse;
    private long fine;

    void add(double term) {
        long units = (long) (term * COARSE);
        coarse += units;
        fine += (long) ((term - units / COARSE) * FINE);
    }

    void merge(OrderlessSum other) {
        coarse += other.coarse;
        fine += other.fine;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(coarse);
        out.writeLong(fine);
    }

    /** Adds what {@link #write} wrote. */
    void merge(DataInputStream in) throws IOException {
        coarse += in.readLong();
        fine += in.readLong();
    }

    double value() {
        return coarse / COARSE + fine / FINE;
    }
}
