package io.github.sparkcnn.bench;

import com.sun.management.OperatingSystemMXBean;
import io.github.sparkcnn.data.ImageShape;
import io.github.sparkcnn.data.Minibatch;
import io.github.sparkcnn.data.Minibatches;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.PartialReplicas;
import io.github.sparkcnn.kernel.Replica;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a fork of a benchmark runs: training steps and inference of one network, each after warming up; see {@link Rate}. */
@Command(name = "StepFork")
final class StepFork implements Runnable {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double LEAST_WARM_UP = 1.5;

    @Option(names = "--network", required = true)
    private String network;

    @Option(names = "--batches", required = true, split = ",")
    private List<Integer> batches;

    @Option(names = "--threads", required = true)
    private int threads;

    @Option(names = "--kernels", defaultValue = "ONEDNN")
    private KernelOptions.Mode kernels;

    @Option(names = "--shortcuts", description = "Number of shortcuts taken, in their order. Default: all.")
    private Integer shortcuts;

    @Option(names = "--keep-forward", description = "DL4J's layers keep what the forward pass computed.")
    private boolean keepForward;

    @Option(names = "--from-bytes", description = "Draw and convert the images of every step, as in an epoch.")
    private boolean fromBytes;

    @Option(names = "--train-only")
    private boolean trainOnly;

    @Option(names = "--seconds", defaultValue = "1")
    private double seconds;

    public static void main(String[] args) {
        System.exit(new CommandLine(new StepFork())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public void run() {
        Kernels.wake();
        for (int batch : batches) {
            try (Replica replica = replica()) {
                IntFunction<Minibatch> images = images(batch);
                measure("train", batch, step -> replica.step(images.apply(step), step));
                float[] probabilities = new float[batch * Networks.CLASSES];
                if (!trainOnly) {
                    measure(
                            "predict",
                            batch,
                            step -> replica.predict(images.apply(step).features(), batch, probabilities));
                }
            }
        }
    }

    private Replica replica() {
        Model model = Networks.named(network);
        if (keepForward && model instanceof MultiLayerNetwork layers) {
            layers.setCacheMode(CacheMode.DEVICE);
        }
        KernelOptions options = KernelOptions.defaults().withMode(kernels).withThreads(threads);
        return shortcuts == null
                ? Kernels.open(model, ImageShape.MNIST, options)
                : PartialReplicas.open(model, ImageShape.MNIST, options, shortcuts);
    }

    private IntFunction<Minibatch> images(int batch) {
        if (fromBytes) {
            Minibatches packed = Images.packed(batch);
            return step -> packed.get(step % packed.count());
        }
        Minibatch inMemory = Images.inMemory(batch);
        return step -> inMemory;
    }

    private interface Step {
        void run(int number);
    }

    private void measure(String what, int batch, Step step) {
        repeat(step, Math.max(LEAST_WARM_UP, seconds));
        long start = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        double images = (double) batch * repeat(step, seconds);
        System.out.printf(
                Locale.ROOT,
                "sparkcnn %s %d %d %s %s %.0f %.0f%n",
                network,
                batch,
                threads,
                kernels.name().toLowerCase(Locale.ROOT),
                what,
                images / ((System.nanoTime() - start) / 1e9),
                images / ((PROCESS.getProcessCpuTime() - cpu) / 1e9));
    }

    /** Returns how many steps there were. */
    private static int repeat(Step step, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int steps = 0;
        while (System.nanoTime() < end) {
            step.run(steps++);
        }
        return steps;
    }
}
