package io.github.sparkcnn.allreduce;

/**
 * What an averaging takes by the model of averaging.md ("A model of its cost"): W workers average n floats in
 * {@code 2(W−1)·(L + s/B) + 2(W−1)/W · 4n/min(B, P)} seconds, s the bytes of a segment. A worker sends and receives 2(W−1)/W of
 * the vector in 2(W−1) steps (Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms", 2009); that each step costs a latency
 * and a segment's time besides, and that processors bound the rate, is this project's.
 *
 * @param latency L, seconds of a step
 * @param network B, bytes a second
 * @param processor P, bytes a second at which a worker's processors send, receive and merge
 */
public record RingCost(double latency, double network, double processor) {

    /** Workers of one machine, without a network in between: P is measured and L assumed, both in averaging.md. */
    public static final RingCost LOOPBACK = new RingCost(0.2e-3, Double.POSITIVE_INFINITY, 0.84e9);

    /** The seconds of one averaging; none of a worker alone. */
    public double seconds(int workers, long floats) {
        if (workers == 1) {
            return 0;
        }
        double bytes = (double) Float.BYTES * floats;
        double segment = Math.min((double) Float.BYTES * RingPlan.SEGMENT, bytes / workers);
        return 2 * (workers - 1) * (latency + segment / network)
                + 2.0 * (workers - 1) / workers * bytes / Math.min(network, processor);
    }
}
