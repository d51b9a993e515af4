package io.github.sparkcnn.bench;

/**
 * Predicts epoch times from a few constants: a ring averages n floats between W workers in
 * {@code 2(W−1)·(L + s/B) + 2(W−1)/W·4n/min(B, P) }, L the latency of a step, B the network's rate, P the rate at which
 * a worker's processor sends, receives and merges, s the segment. Prints the tables of averaging.md:
 * {@code java src/bench/java/io/github/sparkcnn/bench/CommunicationModel.java [P in bytes/s] [L in seconds]}.
 */
public final class CommunicationModel {
    private static final int[] WORKERS = {1, 2, 4, 8, 16, 32, 64, 128, 256};
    private static final double SEGMENT_BYTES = 262_144;
    private static final double GIGABIT = 1e9 / 8;
    private static final long IMAGES = 60_000;
    private static final int BATCH = 256;

    private CommunicationModel() {}

    public static void main(String... args) {
        double processor = args.length > 0 ? Double.parseDouble(args[0]) : 0.84e9;
        double latency = args.length > 1 ? Double.parseDouble(args[1]) : 0.2e-3;
        table("fashion-cnn, Adam", 3 * 582_026L, 2396, processor, latency);
        table("25 million parameters, Adam, 10 images/s a worker", 75_000_000L, 10, processor, latency);
        System.out.println("| link | predicted ms, 2 workers, 1746078 floats |\n|---|---|");
        for (double gigabits : new double[] {0.1, 1}) {
            System.out.printf(
                    "| %.1f Gb/s | %.1f |%n",
                    gigabits, 1e3 * averaging(2, 1_746_078, gigabits * GIGABIT, processor, latency));
        }
    }

    private static void table(String network, long floats, double imagesPerSecond, double processor, double latency) {
        System.out.printf(
                "%n%s: seconds an epoch of %d images (batch %d), averaging every 5%n", network, IMAGES, BATCH);
        System.out.println(
                "| workers | averaging 10 Gb/s, ms | averaging 100 Gb/s, ms | epoch 10 Gb/s, s | epoch 100 Gb/s, s |"
                        + " efficiency 10 | efficiency 100 |\n|---|---|---|---|---|---|---|");
        double alone = IMAGES / imagesPerSecond;
        for (int workers : WORKERS) {
            double slow = averaging(workers, floats, 10 * GIGABIT, processor, latency);
            double fast = averaging(workers, floats, 100 * GIGABIT, processor, latency);
            double averagings = Math.ceil(Math.ceil(IMAGES / (double) workers / BATCH) / 5);
            double slowEpoch = alone / workers + averagings * slow;
            double fastEpoch = alone / workers + averagings * fast;
            System.out.printf(
                    "| %d | %.1f | %.1f | %.2f | %.2f | %.2f | %.2f |%n",
                    workers,
                    slow * 1e3,
                    fast * 1e3,
                    slowEpoch,
                    fastEpoch,
                    alone / workers / slowEpoch,
                    alone / workers / fastEpoch);
        }
    }

    /** Seconds of one averaging. */
    private static double averaging(int workers, long floats, double network, double processor, double latency) {
        if (workers == 1) {
            return 0;
        }
        double share = 2.0 * (workers - 1) / workers;
        double segment = Math.min(SEGMENT_BYTES, 4.0 * floats / workers);
        return 2 * (workers - 1) * (latency + segment / network) + share * 4 * floats / Math.min(network, processor);
    }
}
