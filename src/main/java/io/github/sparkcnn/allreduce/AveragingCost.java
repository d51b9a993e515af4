package io.github.sparkcnn.allreduce;

/**
 * What an averaging of n floats takes with W workers, in seconds, by the model of averaging.md ("A model of its cost"):
 *
 * <pre>
 * ring    = 2(W−1)·(L + min(s, 4n/W)/B) + 2(W−1)/W·4n/min(B, P)
 * halving = 2·⌈log₂ W⌉·L + 2(W−1)/W·4n/min(B, P)
 * </pre>
 *
 * In either a worker sends and receives 2(W−1)/W of the vector, in the ring in 2(W−1) steps (Patarasuk and Yuan, "Bandwidth
 * optimal all-reduce algorithms", 2009), halving in 2⌈log₂ W⌉ (Träff, "Optimal, Non-pipelined Reduce-scatter and Allreduce
 * Algorithms", 2024); that each step costs a latency, in the ring a segment's time besides, and that processors bound the
 * rate, is this project's.
 *
 * @param latency L, seconds of a step
 * @param network B, bytes a second
 * @param processor P, bytes a second at which a worker's processors send, receive and merge
 */
public record AveragingCost(double latency, double network, double processor) {

    /** Workers of one machine that average over TCP: P is measured and L assumed, both in averaging.md. */
    public static final AveragingCost LOOPBACK = new AveragingCost(0.2e-3, Double.POSITIVE_INFINITY, 0.84e9);

    /** Of one averaging by the exchange that the workers take; none of a worker alone. */
    public double seconds(int workers, long floats) {
        if (workers == 1) {
            return 0;
        }
        return Exchange.cheaper(workers, floats) == Exchange.RING ? ring(workers, floats) : halving(workers, floats);
    }

    double ring(int workers, long floats) {
        double segment = Float.BYTES * Math.min(Exchange.SEGMENT, (double) floats / workers);
        return 2.0 * (workers - 1) * (latency + segment / network) + transfer(workers, floats);
    }

    double halving(int workers, long floats) {
        return HalvingPlan.of(workers).steps() * latency + transfer(workers, floats);
    }

    private double transfer(int workers, long floats) {
        double bytes = 2.0 * (workers - 1) / workers * floats * Float.BYTES;
        return bytes / Math.min(network, processor);
    }
}
