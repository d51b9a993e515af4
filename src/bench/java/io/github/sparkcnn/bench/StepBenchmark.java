package io.github.sparkcnn.bench;

import com.sun.management.OperatingSystemMXBean;
import io.github.sparkcnn.data.ImageShape;
import io.github.sparkcnn.data.Minibatch;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.TestNetworks;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Random;

/**
 * Images a second of training steps and of inference, tensors in memory: {@code NETWORK BATCH THREADS onednn|dl4j ROUNDS
 * SECONDS}. One line a round — images a
 * second, and a second of processor time — in the format of pytorch_peer.py.
 */
public final class StepBenchmark {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private StepBenchmark() {}

    public static void main(String[] args) {
        String name = args[0];
        int batch = Integer.parseInt(args[1]);
        int threads = Integer.parseInt(args[2]);
        KernelOptions.Mode mode = KernelOptions.Mode.valueOf(args[3].toUpperCase(Locale.ROOT));
        int rounds = args.length > 4 ? Integer.parseInt(args[4]) : 5;
        double seconds = args.length > 5 ? Double.parseDouble(args[5]) : 2;
        Kernels.wake();
        KernelOptions options = KernelOptions.defaults().withMode(mode).withThreads(threads);
        Minibatch images = images(batch);
        float[] probabilities = new float[batch * 10];
        try (Replica replica = Kernels.open(TestNetworks.named(name, 0.7), ImageShape.MNIST, options)) {
            measure(args, "train", batch, rounds, seconds, () -> replica.step(images, System.nanoTime()));
            measure(
                    args,
                    "predict",
                    batch,
                    rounds,
                    seconds,
                    () -> replica.predict(images.features(), batch, probabilities));
        }
    }

    private static void measure(String[] args, String what, int batch, int rounds, double seconds, Runnable step) {
        rate(step, batch, 2 * seconds);
        for (int i = 0; i < rounds; i++) {
            double[] rates = rate(step, batch, seconds);
            System.out.printf(
                    Locale.ROOT,
                    "sparkcnn %s %s %s %s %s %.0f %.0f%n",
                    args[0],
                    args[1],
                    args[2],
                    args[3],
                    what,
                    rates[0],
                    rates[1]);
        }
    }

    /** Images a second, and a second of processor time, which a busy machine disturbs less. */
    private static double[] rate(Runnable step, int batch, double seconds) {
        long start = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        long images = 0;
        while (System.nanoTime() - start < seconds * 1e9) {
            step.run();
            images += batch;
        }
        return new double[] {
            images / ((System.nanoTime() - start) / 1e9), images / ((PROCESS.getProcessCpuTime() - cpu) / 1e9)
        };
    }

    private static Minibatch images(int size) {
        Random random = new Random(0);
        float[] features = new float[size * ImageShape.MNIST.size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextFloat();
        }
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = i % 10;
        }
        return new Minibatch(features, labels, size);
    }
}
