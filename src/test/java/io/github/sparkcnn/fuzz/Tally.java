package io.github.sparkcnn.fuzz;

import java.util.Locale;

/** Counts what one reader was given, and keeps how long it took. */
final class Tally {
    private final String reader;
    private long inputs;
    private long bytes;
    private long nanos;
    private long slowest;
    private int slowestBytes;

    Tally(String reader) {
        this.reader = reader;
    }

    void time(byte[] input, Runnable read) {
        long begun = System.nanoTime();
        read.run();
        long taken = System.nanoTime() - begun;
        inputs++;
        bytes += input.length;
        nanos += taken;
        if (taken > slowest) {
            slowest = taken;
            slowestBytes = input.length;
        }
    }

    long slowestMillis() {
        return slowest / 1_000_000;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-22s %8d inputs, %6.1f KiB on average, %6.1f s, the slowest %d ms (%d bytes)",
                reader,
                inputs,
                bytes / 1024.0 / Math.max(1, inputs),
                nanos / 1e9,
                slowestMillis(),
                slowestBytes);
    }
}
