package io.github.sparkcnn.bench;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Network;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Random;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Every kind of layer as Deeplearning4j's own and on the direct kernels, by turns in one process on one thread: processor
 * milliseconds of a training step of a network in which the layer stands several times. Prints a Markdown table.
 */
@Command(name = "LayerBenchmark", mixinStandardHelpOptions = true)
final class LayerBenchmark implements Runnable {

    private static final ImageShape IMAGES = new ImageShape(3, 32, 32);

    @Option(names = "--batch", paramLabel = "N", description = "Images a step. Default: 32.")
    private int batch = 32;

    @Option(names = "--seconds", paramLabel = "S", description = "Of each of three turns. Default: 0.5.")
    private double seconds = 0.5;

    @Option(names = "--only", paramLabel = "TEXT", description = "Layers whose name has this in it. Default: all.")
    private String only = "";

    public static void main(String[] args) {
        System.exit(new CommandLine(new LayerBenchmark()).execute(args));
    }

    @Override
    public void run() {
        Kernels.wake();
        System.out.println("| layer | ms a step | Deeplearning4j's | times as fast |");
        System.out.println("|---|---:|---:|---:|");
        for (LayerKind kind : LayerKind.all()) {
            if (kind.name().contains(only)) {
                measure(kind);
            }
        }
    }

    private void measure(LayerKind kind) {
        try (Replica ours = open(kind, Engines.ONEDNN);
                Replica theirs = open(kind, Engines.DL4J)) {
            double best = Double.POSITIVE_INFINITY;
            double other = Double.POSITIVE_INFINITY;
            for (int turn = 0; turn < 3; turn++) {
                best = Math.min(best, milliseconds(ours));
                other = Math.min(other, milliseconds(theirs));
            }
            System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %.1f |%n", kind.name(), best, other, other / best);
        }
    }

    private static Replica open(LayerKind kind, String engine) {
        Network network = Network.of(kind.network().apply(IMAGES));
        return Engines.open(network, IMAGES, KernelOptions.defaults().withEngine(engine));
    }

    private double milliseconds(Replica replica) {
        Minibatch images = images();
        replica.step(images, 0);
        long start = processorTime();
        int steps = 0;
        while (processorTime() - start < seconds * 1e9) {
            replica.step(images, steps++);
        }
        return (processorTime() - start) / 1e6 / steps;
    }

    /** Of this thread, natives included: what else runs on the machine does not count. */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private Minibatch images() {
        Random random = new Random(3);
        float[] features = new float[batch * IMAGES.size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextFloat();
        }
        int[] labels = random.ints(batch, 0, 10).toArray();
        return new Minibatch(features, labels, batch);
    }
}
