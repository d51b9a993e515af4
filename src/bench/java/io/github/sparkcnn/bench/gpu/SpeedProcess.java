package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.bench.Images;
import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.bench.Rate;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Replica;
import java.util.List;
import java.util.Locale;

/** Our turn in {@link Speed}: trains and predicts, tensors in host memory, each after warming up. */
final class SpeedProcess {
    static final List<String> WORK = List.of("train", "predict");

    private SpeedProcess() {}

    static List<Rate> rates(Bench bench, String network, Precision precision) {
        return Child.of(
                        SpeedProcess.class,
                        List.of(
                                bench.device(),
                                network,
                                precision.name(),
                                Integer.toString(bench.batch()),
                                Double.toString(bench.seconds())))
                .run();
    }

    /** {@code DEVICE NETWORK PRECISION BATCH SECONDS}. */
    public static void main(String... args) {
        Child.run(() -> {
            Bench bench = Bench.on(args[0]);
            bench.wake();
            int batch = Integer.parseInt(args[3]);
            double seconds = Double.parseDouble(args[4]);
            try (Replica replica = bench.open(Networks.named(args[1]), Precision.valueOf(args[2]))) {
                for (String work : WORK) {
                    System.out.printf(
                            Locale.ROOT,
                            "sparkcnn %s %d 1 torch %s %.3f 0%n",
                            args[1],
                            batch,
                            work,
                            rate(replica, work, batch, seconds));
                }
            }
        });
    }

    private static double rate(Replica replica, String work, int size, double seconds) {
        Minibatch batch = Images.inMemory(ImageShape.MNIST, size);
        float[] probabilities = new float[size * Networks.CLASSES];
        Runnable step = work.equals("train")
                ? () -> replica.step(batch, 0)
                : () -> replica.predict(batch.features(), size, probabilities);
        repeat(step, seconds);
        long start = System.nanoTime();
        int steps = repeat(step, seconds);
        return (double) steps * size / ((System.nanoTime() - start) / 1e9);
    }

    /** Returns how many there were, at least one. */
    private static int repeat(Runnable step, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int steps = 0;
        do {
            step.run();
            steps++;
        } while (System.nanoTime() < end);
        return steps;
    }
}
