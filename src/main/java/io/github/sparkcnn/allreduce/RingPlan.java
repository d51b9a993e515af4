package io.github.sparkcnn.allreduce;

/**
 * Which floats travel when. The vector is cut into as many chunks as there are workers; chunk c starts at worker c and goes
 * round the ring almost twice, a mean that grows on the first round (reduce-scatter) and is copied on the second
 * (all-gather). Each chunk travels in segments, so that sending, receiving and adding overlap. Every worker sends and
 * receives 2·(size − 1)/size of the vector (Patarasu and Yuan, "Bandwidth optimal all-reduce algorithms", 2009).
 *
 * @param length of the vector, in floats
 * @param segment the most floats that travel in one message
 */
public record RingPlan(int rank, int size, long length, int segment) {

    /** The number of steps; in each a worker sends one chunk and receives another. */
    int steps() {
        return 2 * (size - 1);
    }

    /** Whether what comes in this step is to be merged (or, on the second round, copied). */
    boolean merges(int step) {
        return step < size - 1;
    }

    int chunkSent(int step) {
        return Math.floorMod(rank - step, size);
    }

    /** What comes in a step is what leaves in the next. */
    int chunkReceived(int step) {
        return chunkSent(step + 1);
    }

    /** The number of messages a chunk takes: at least one, since messages also carry the contributions. */
    int segments(int chunk) {
        return (int) Math.max(1, (begin(chunk + 1) - begin(chunk) + segment - 1) / segment);
    }

    /** The first float of a segment. */
    long from(int chunk, int index) {
        return begin(chunk) + (long) index * segment;
    }

    /** The number of floats in a segment. */
    int count(int chunk, int index) {
        return (int) Math.min(segment, begin(chunk + 1) - from(chunk, index));
    }

    /** The number of messages that this worker sends in one averaging. */
    public int messages() {
        int messages = 0;
        for (int step = 0; step < steps(); step++) {
            messages += segments(chunkSent(step));
        }
        return messages;
    }

    private long begin(int chunk) {
        return length * chunk / size;
    }
}
