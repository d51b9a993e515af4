package io.github.sparkcnn.bench;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One replica on all cores against one a core: images a second of training, by turns in one JVM, as in {@code local[*]}. The
 * replicas do not average; what that costs is AllReduceBenchmark's.
 */
@Command(name = "ReplicasBenchmark", mixinStandardHelpOptions = true)
final class ReplicasBenchmark implements Runnable {

    @Option(names = "--networks", split = ",", paramLabel = "NAME", description = "Default: all.")
    private List<String> networks = Networks.NAMES;

    @Option(names = "--batch", paramLabel = "N", description = "Of each replica. Default: 256.")
    private int batch = 256;

    @Option(names = "--cores", paramLabel = "N", description = "Default: 2.")
    private int cores = 2;

    @Option(names = "--rounds", paramLabel = "N", description = "Default: 5.")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "Of each measurement. Default: 2.")
    private double seconds = 2;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ReplicasBenchmark()).execute(args));
    }

    @Override
    public void run() {
        System.out.printf(
                "| network | 1 replica of %d threads, images/s | min–max | %d replicas of 1 thread | min–max | ratio |%n",
                cores, cores);
        System.out.println("|---|---|---|---|---|---|");
        networks.forEach(this::compare);
        System.out.printf(
                Locale.ROOT, "%nBatch %d a replica, median of %d rounds of %.1f s.%n", batch, rounds, seconds);
    }

    private void compare(String network) {
        Sample together = new Sample();
        Sample apart = new Sample();
        rate(network, 1, cores);
        rate(network, cores, 1);
        for (int round = 0; round < rounds; round++) {
            together.add(rate(network, 1, cores));
            apart.add(rate(network, cores, 1));
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %s | %,.0f | %s | %.2f |%n",
                network,
                together.median(),
                together.range(),
                apart.median(),
                apart.range(),
                apart.median() / together.median());
    }

    /** Images a second of all replicas together. */
    private double rate(String network, int replicas, int threads) {
        CyclicBarrier start = new CyclicBarrier(replicas);
        return IntStream.range(0, replicas)
                .mapToObj(i -> new Worker(network, threads, start))
                .peek(Thread::start)
                .toList()
                .stream()
                .mapToDouble(Worker::imagesPerSecond)
                .sum();
    }

    private final class Worker extends Thread {
        private final String network;
        private final int threads;
        private final CyclicBarrier start;
        private double imagesPerSecond;

        Worker(String network, int threads, CyclicBarrier start) {
            this.network = network;
            this.threads = threads;
            this.start = start;
        }

        @Override
        public void run() {
            Minibatch images = Images.inMemory(ImageShape.MNIST, batch);
            try (Replica replica = Engines.open(
                    Networks.named(network),
                    ImageShape.MNIST,
                    KernelOptions.defaults().withThreads(threads))) {
                replica.step(images, 0);
                start.await();
                long begin = System.nanoTime();
                long seen = 0;
                while (System.nanoTime() - begin < seconds * 1e9) {
                    replica.step(images, seen);
                    seen += batch;
                }
                imagesPerSecond = seen / ((System.nanoTime() - begin) / 1e9);
            } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        }

        double imagesPerSecond() {
            try {
                join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return imagesPerSecond;
        }
    }
}
