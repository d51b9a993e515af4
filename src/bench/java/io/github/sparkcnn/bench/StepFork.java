package io.github.sparkcnn.bench;

import com.sun.management.OperatingSystemMXBean;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.onednn.PartialReplicas;
import io.github.sparkcnn.network.Network;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.conf.CacheMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a fork of a benchmark runs: training steps and inference of one network, each after warming up; see {@link Rate}. */
@Command(name = "StepFork")
final class StepFork implements Runnable {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double LEAST_WARM_UP = 1.5;
    private static final int TURNS = 24;

    @Option(names = "--network", required = true)
    private String network;

    @Option(names = "--images", defaultValue = "1x28x28")
    private String images;

    @Option(names = "--batches", required = true, split = ",")
    private List<Integer> batches;

    @Option(names = "--threads", required = true)
    private int threads;

    @Option(names = "--kernels", defaultValue = "ONEDNN")
    private String kernels;

    @Option(names = "--precision", defaultValue = "FLOAT32")
    private Precision precision;

    @Option(names = "--each-shortcut", description = "Training with none of them, with the first, and so on, by turns.")
    private boolean eachShortcut;

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
            if (eachShortcut) {
                measureShortcuts(batch);
                continue;
            }
            try (Replica replica = replica(Optional.empty())) {
                IntFunction<Minibatch> drawn = images(batch);
                measure("train", batch, step -> replica.step(drawn.apply(step), step));
                float[] probabilities = new float[batch * Networks.CLASSES];
                if (!trainOnly) {
                    measure(
                            "predict",
                            batch,
                            step -> replica.predict(drawn.apply(step).features(), batch, probabilities));
                }
            }
        }
    }

    /** In one process and by short turns, so that what slows the machine for a while slows them all. */
    private void measureShortcuts(int batch) {
        int variants = PartialReplicas.shortcuts().size() + 1;
        List<Replica> replicas = new ArrayList<>();
        try {
            for (int count = 0; count < variants; count++) {
                replicas.add(replica(Optional.of(count)));
            }
            IntFunction<Minibatch> drawn = images(batch);
            List<Step> steps = replicas.stream()
                    .map(replica -> (Step) number -> replica.step(drawn.apply(number), number))
                    .toList();
            steps.forEach(step -> repeat(step, LEAST_WARM_UP));
            List<Sample> samples = steps.stream().map(step -> new Sample()).toList();
            for (int turn = 0; turn < TURNS; turn++) {
                for (int i = 0; i < variants; i++) {
                    samples.get(i).add(rate(batch, steps.get(i), seconds * variants / TURNS));
                }
            }
            samples.forEach(sample -> print("train", batch, sample.median(), Double.NaN));
        } finally {
            replicas.forEach(Replica::close);
        }
    }

    private static double rate(int batch, Step step, double seconds) {
        long start = System.nanoTime();
        double images = (double) batch * repeat(step, seconds);
        return images / ((System.nanoTime() - start) / 1e9);
    }

    private Replica replica(Optional<Integer> taken) {
        Network model = Networks.named(network, shape());
        if (keepForward) {
            model.chain().ifPresent(layers -> layers.setCacheMode(CacheMode.DEVICE));
        }
        KernelOptions options = KernelOptions.defaults()
                .withEngine(kernels.toLowerCase(Locale.ROOT))
                .withThreads(threads)
                .withPrecision(precision);
        return taken.map(count -> PartialReplicas.open(model, shape(), options, count))
                .orElseGet(() -> Engines.open(model, shape(), options));
    }

    private ImageShape shape() {
        return ImageShape.parse(images);
    }

    private IntFunction<Minibatch> images(int batch) {
        if (fromBytes) {
            Minibatches packed = Images.packed(shape(), batch);
            return step -> packed.get(step % packed.count());
        }
        Minibatch inMemory = Images.inMemory(shape(), batch);
        return step -> inMemory;
    }

    private interface Step {
        void run(int number);
    }

    private void measure(String what, int batch, Step step) {
        repeat(step, Math.max(LEAST_WARM_UP, seconds));
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        double images = (double) batch * repeat(step, seconds);
        double elapsed = (System.nanoTime() - start) / 1e9;
        print(what, batch, images / elapsed, images / ((PROCESS.getProcessCpuTime() - cpu) / 1e9));
    }

    private void print(String what, int batch, double imagesPerSecond, double imagesPerProcessorSecond) {
        System.out.printf(
                Locale.ROOT,
                "sparkcnn %s %d %d %s %s %.0f %.0f%n",
                network,
                batch,
                threads,
                kernels.toLowerCase(Locale.ROOT),
                what,
                imagesPerSecond,
                imagesPerProcessorSecond);
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
