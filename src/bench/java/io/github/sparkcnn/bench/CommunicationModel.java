package io.github.sparkcnn.bench;

import io.github.sparkcnn.allreduce.AveragingCost;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Predicts what a whole epoch takes with W workers, from a few constants. With N training images, M test images, batches of b images,
 * an averaging every f steps, n floats that are averaged, and a worker that alone trains r and predicts q images a second:
 *
 * <pre>
 * T(W) = ⌈N/W⌉/r + ⌈⌈⌈N/W⌉/b⌉/f⌉·t(W, n) + min(M, 256·⌈⌈M/256⌉/W⌉)/q + F(W)          efficiency T(1)/(W·T(W))
 * F(W) = F₁ + F₂·W                                                                  what the driver and its workers say between epochs
 * </pre>
 *
 * t(W, n) is {@link AveragingCost}, of one averaging. Prints the tables of averaging.md:
 * {@code src/bench/run CommunicationModel [P in bytes/s] [L in seconds] [F₁] [F₂]}.
 */
public final class CommunicationModel {
    private static final int[] WORKERS = {1, 2, 4, 8, 16, 32, 64, 128, 256};
    private static final double PROCESSOR = AveragingCost.LOOPBACK.processor();
    private static final double LATENCY = AveragingCost.LOOPBACK.latency();
    private static final double GIGABIT = 1e9 / 8;
    private static final int TEST_BATCH = 256;

    /** One core of speed.md's machine at batch 256; grey pictures of 28 pixels. */
    public static final Training FASHION_CNN = new Training("fashion-cnn, Adam", 3 * 582_026L, 2683, 9073);

    public static final Training RESIDUAL_CNN = new Training("residual-cnn, momentum", 2 * 382_058L, 199, 710);

    /** F₁ in seconds: PacedBenchmark measures 0.05 to 0.07 with 8, 32 and 64 workers. */
    private static final double FLOOR = 0.06;

    /** F₂ in seconds: it did not grow with them. */
    private static final double FLOOR_OF_WORKER = 0;

    private CommunicationModel() {}

    /** By the network's name. */
    static Training known(String network) {
        return Stream.of(FASHION_CNN, RESIDUAL_CNN)
                .filter(training -> training.title().startsWith(network + ","))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rates are known of " + network));
    }

    /**
     * What is trained.
     *
     * @param floats that are averaged: parameters and updater state
     * @param trained images a second of a worker alone, and {@code predicted}
     * @param images of the training set, and {@code testImages}
     * @param batch images a step of a worker
     * @param frequency steps between two averagings
     */
    public record Training(
            String title,
            long floats,
            double trained,
            double predicted,
            int images,
            int testImages,
            int batch,
            int frequency) {

        /** On MNIST's and Fashion-MNIST's numbers of images. */
        Training(String title, long floats, double trained, double predicted) {
            this(title, floats, trained, predicted, 60_000, 10_000, 256, 5);
        }

        /** Training images of a worker; those of the lowest ranks have one more where they do not divide. */
        public int share(int workers, int rank) {
            return images / workers + (rank < images % workers ? 1 : 0);
        }

        /** Optimizer steps of a worker in an epoch. */
        public int steps(int workers, int rank) {
            return ceiling(share(workers, rank), batch);
        }

        /** Averagings of every worker in an epoch; a worker alone has none. */
        public int averagings(int workers) {
            return workers == 1 ? 0 : ceiling(steps(workers, 0), frequency);
        }

        /** Batches of test images that a worker predicts in an evaluation: every W-th. */
        public int predictions(int workers, int rank) {
            int batches = ceiling(testImages, TEST_BATCH);
            return batches / workers + (rank < batches % workers ? 1 : 0);
        }
    }

    /**
     * Where.
     *
     * @param network bytes a second of the network, and {@code processor} of a worker's sending, receiving and merging
     * @param latency seconds of a step of an averaging
     * @param floor seconds an epoch beside all else, however many workers there are, and {@code floorOfWorker} for each of them
     */
    public record Cluster(double network, double processor, double latency, double floor, double floorOfWorker) {

        /** With what was measured of one core and two. */
        static final Cluster AT_10_GIGABITS = new Cluster(10 * GIGABIT, PROCESSOR, LATENCY, FLOOR, FLOOR_OF_WORKER);

        /**
         * The same with so many workers on one machine's processors: they share its rate, and where nothing but processors is between
         * them a step's latency is their time, too.
         */
        public Cluster shared(int workers, int cores) {
            double each = Math.min(1, (double) cores / workers);
            return new Cluster(network, processor * each, latency / each, floor, floorOfWorker);
        }

        /** Seconds of one averaging. */
        public double averaging(int workers, long floats) {
            return new AveragingCost(latency, network, processor).seconds(workers, floats);
        }

        /** A whole epoch. */
        public Epoch epoch(Training training, int workers) {
            return new Epoch(
                    training.share(workers, 0) / training.trained(),
                    training.averagings(workers) * averaging(workers, training.floats()),
                    Math.min(training.testImages(), TEST_BATCH * training.predictions(workers, 0))
                            / training.predicted(),
                    floor + floorOfWorker * workers);
        }

        /** Of a whole epoch. */
        public double efficiency(Training training, int workers) {
            return epoch(training, 1).seconds()
                    / workers
                    / epoch(training, workers).seconds();
        }
    }

    /** Where an epoch's time goes, in seconds; the slowest worker's. */
    public record Epoch(double steps, double averaging, double evaluation, double floor) {
        public double seconds() {
            return steps + averaging + evaluation + floor;
        }
    }

    public static void main(String... args) {
        double processor = number(args, 0, PROCESSOR);
        double latency = number(args, 1, LATENCY);
        double floor = number(args, 2, FLOOR);
        double floorOfWorker = number(args, 3, FLOOR_OF_WORKER);
        Cluster slow = new Cluster(10 * GIGABIT, processor, latency, floor, floorOfWorker);
        Cluster fast = new Cluster(100 * GIGABIT, processor, latency, floor, floorOfWorker);
        table(FASHION_CNN, slow, fast);
        table(RESIDUAL_CNN, slow, fast);
        table(new Training("25 million parameters, Adam", 75_000_000L, 10, 40), slow, fast);
        System.out.printf(
                Locale.ROOT, "%n| link | predicted ms, 2 workers, %d floats |%n|---|---|%n", FASHION_CNN.floats());
        for (double gigabits : new double[] {0.1, 1}) {
            Cluster cluster = new Cluster(gigabits * GIGABIT, processor, latency, floor, floorOfWorker);
            System.out.printf(
                    Locale.ROOT, "| %.1f Gb/s | %.1f |%n", gigabits, 1e3 * cluster.averaging(2, FASHION_CNN.floats()));
        }
    }

    private static void table(Training training, Cluster slow, Cluster fast) {
        System.out.printf(
                Locale.ROOT,
                "%n%s, %d floats, %.0f images/s a worker (%.0f predicted): seconds an epoch of %d images (batch %d),"
                        + " averaging every %d, and %d test images%n%n",
                training.title(),
                training.floats(),
                training.trained(),
                training.predicted(),
                training.images(),
                training.batch(),
                training.frequency(),
                training.testImages());
        System.out.println(
                "| workers | one averaging 10 Gb/s, ms | 100 Gb/s, ms | steps | averaging 10 Gb/s | evaluation |"
                        + " floor | epoch 10 Gb/s | epoch 100 Gb/s | efficiency 10 | efficiency 100 |");
        System.out.println("|---".repeat(11) + "|");
        for (int workers : WORKERS) {
            Epoch epoch = slow.epoch(training, workers);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.1f | %.1f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.2f | %.2f |%n",
                    workers,
                    1e3 * slow.averaging(workers, training.floats()),
                    1e3 * fast.averaging(workers, training.floats()),
                    epoch.steps(),
                    epoch.averaging(),
                    epoch.evaluation(),
                    epoch.floor(),
                    epoch.seconds(),
                    fast.epoch(training, workers).seconds(),
                    slow.efficiency(training, workers),
                    fast.efficiency(training, workers));
        }
    }

    private static double number(String[] args, int index, double otherwise) {
        return args.length > index ? Double.parseDouble(args[index]) : otherwise;
    }

    private static int ceiling(int of, int by) {
        return (of + by - 1) / by;
    }
}
