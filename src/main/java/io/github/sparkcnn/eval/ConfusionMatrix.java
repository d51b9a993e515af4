package io.github.sparkcnn.eval;

import io.github.sparkcnn.io.CsvField;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** How often each class (row) was taken for each class (column); counts that add up over partitions. Mutable. */
public final class ConfusionMatrix implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long[][] counts;

    /** An empty matrix of {@code classes × classes}. */
    public ConfusionMatrix(int classes) {
        this.counts = new long[classes][classes];
    }

    /** Counts one image. */
    public void add(int label, int predicted) {
        counts[label][predicted]++;
    }

    /** Adds the other matrix's counts to this one's. */
    public ConfusionMatrix merge(ConfusionMatrix other) {
        if (other.classes() != classes()) {
            throw new IllegalArgumentException(
                    "a matrix of " + other.classes() + " classes cannot be added to one of " + classes());
        }
        for (int label = 0; label < classes(); label++) {
            for (int predicted = 0; predicted < classes(); predicted++) {
                counts[label][predicted] += other.counts[label][predicted];
            }
        }
        return this;
    }

    void write(DataOutputStream out) throws IOException {
        for (long[] row : counts) {
            for (long count : row) {
                out.writeLong(count);
            }
        }
    }

    /** Adds what {@link #write} wrote of as many classes. */
    void merge(DataInputStream in) throws IOException {
        for (long[] row : counts) {
            for (int predicted = 0; predicted < row.length; predicted++) {
                row[predicted] += in.readLong();
            }
        }
    }

    public int classes() {
        return counts.length;
    }

    public long count(int label, int predicted) {
        return counts[label][predicted];
    }

    /** Images that are of the class. */
    public long support(int label) {
        long sum = 0;
        for (long count : counts[label]) {
            sum += count;
        }
        return sum;
    }

    /** Images that were taken for the class. */
    public long predicted(int predicted) {
        long sum = 0;
        for (long[] row : counts) {
            sum += row[predicted];
        }
        return sum;
    }

    /** Images whose class was recognised. */
    public long correct() {
        long sum = 0;
        for (int label = 0; label < classes(); label++) {
            sum += counts[label][label];
        }
        return sum;
    }

    /** All images. */
    public long total() {
        long sum = 0;
        for (int label = 0; label < classes(); label++) {
            sum += support(label);
        }
        return sum;
    }

    /** A copy of the counts, {@code [label][predicted]}. */
    public long[][] counts() {
        long[][] copy = new long[classes()][];
        for (int label = 0; label < classes(); label++) {
            copy[label] = counts[label].clone();
        }
        return copy;
    }

    /** One line a true class, headed by the predicted ones. */
    public String csv(List<String> names) {
        StringBuilder csv = new StringBuilder("true \\ predicted");
        names.forEach(name -> csv.append(',').append(CsvField.of(name)));
        csv.append('\n');
        for (int label = 0; label < classes(); label++) {
            csv.append(CsvField.of(names.get(label)));
            for (long count : counts[label]) {
                csv.append(',').append(count);
            }
            csv.append('\n');
        }
        return csv.toString();
    }
}
