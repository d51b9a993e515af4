package io.github.sparkcnn.bench;

import io.github.sparkcnn.allreduce.RingCost;

/**
 * Predicts epoch times from a few constants by {@link RingCost}. Prints the tables of averaging.md:
 * {@code src/bench/run CommunicationModel [P in bytes/s] [L in seconds]}.
 */
public final class CommunicationModel {
    private static final int[] WORKERS = {1, 2, 4, 8, 16, 32, 64, 128, 256};
    private static final double GIGABIT = 1e9 / 8;
    private static final long IMAGES = 60_000;
    private static final int BATCH = 256;

    private CommunicationModel() {}

    public static void main(String... args) {
        double processor = args.length > 0 ? Double.parseDouble(args[0]) : RingCost.LOOPBACK.processor();
        double latency = args.length > 1 ? Double.parseDouble(args[1]) : RingCost.LOOPBACK.latency();
        table("fashion-cnn, Adam", 3 * 582_026L, 2396, processor, latency);
        table("25 million parameters, Adam, 10 images/s a worker", 75_000_000L, 10, processor, latency);
        System.out.println("| link | predicted ms, 2 workers, 1746078 floats |\n|---|---|");
        for (double gigabits : new double[] {0.1, 1}) {
            System.out.printf(
                    "| %.1f Gb/s | %.1f |%n",
                    gigabits, 1e3 * new RingCost(latency, gigabits * GIGABIT, processor).seconds(2, 1_746_078));
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
            double slow = new RingCost(latency, 10 * GIGABIT, processor).seconds(workers, floats);
            double fast = new RingCost(latency, 100 * GIGABIT, processor).seconds(workers, floats);
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
}
