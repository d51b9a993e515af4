package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.bench.Images;
import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.NetworkState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Two replicas on threads of their own share the device, each with half of a minibatch, averaged after every step: with momentum, and
 * without normalisation and dropout, that is what one makes of the whole minibatch, but for rounding.
 */
final class Sharing implements Check {
    private static final String NETWORK = "all-convolutional";
    private static final double TOLERANCE = 1e-5;

    @Override
    public String name() {
        return "sharing";
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        int half = bench.batch() / 2;
        Minibatch whole = Images.inMemory(ImageShape.MNIST, 2 * half);
        List<Minibatch> halves = List.of(part(whole, 0, half), part(whole, half, half));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Replica one = bench.open(Networks.named(NETWORK), Precision.FLOAT32);
                Replica first = bench.open(Networks.named(NETWORK), Precision.FLOAT32);
                Replica second = bench.open(Networks.named(NETWORK), Precision.FLOAT32)) {
            List.of(one, first, second).forEach(replica -> warmUp(replica, whole));
            long alone = System.nanoTime();
            for (int step = 0; step < bench.steps(); step++) {
                one.step(whole, step);
            }
            long together = System.nanoTime();
            for (int step = 0; step < bench.steps(); step++) {
                int seed = step;
                CompletableFuture<Void> other =
                        CompletableFuture.runAsync(() -> second.step(halves.get(1), seed), threads);
                CompletableFuture.runAsync(() -> first.step(halves.get(0), seed), threads)
                        .join();
                other.join();
                average(first, second);
            }
            long end = System.nanoTime();
            double off = Parity.difference(first.read().parameters(), one.read().parameters());
            verdicts.accept(Verdict.of(
                    name(),
                    NETWORK + ", two replicas",
                    off <= TOLERANCE
                            && Arrays.equals(
                                    first.read().parameters(), second.read().parameters()),
                    String.format(
                            Locale.ROOT,
                            "%d steps, averaged after each: parameters differ by %.1e from one replica's; time %.2f of its",
                            bench.steps(),
                            off,
                            (double) (end - together) / (together - alone))));
        } finally {
            threads.shutdown();
        }
    }

    private static void warmUp(Replica replica, Minibatch batch) {
        NetworkState start = replica.read();
        replica.step(batch, 0);
        replica.write(start);
    }

    private static Minibatch part(Minibatch whole, int from, int size) {
        int floats = ImageShape.MNIST.size();
        return new Minibatch(
                Arrays.copyOfRange(whole.features(), from * floats, (from + size) * floats),
                Arrays.copyOfRange(whole.labels(), from, from + size),
                size);
    }

    private static void average(Replica first, Replica second) {
        first.lend(ours -> second.lend(theirs -> {
            for (int i = 0; i < ours.size(); i++) {
                average(floats(ours.get(i)), floats(theirs.get(i)));
            }
            return ours.size();
        }));
    }

    private static FloatBuffer floats(ByteBuffer bytes) {
        return bytes.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private static void average(FloatBuffer one, FloatBuffer other) {
        for (int i = 0; i < one.capacity(); i++) {
            float mean = (one.get(i) + other.get(i)) / 2;
            one.put(i, mean);
            other.put(i, mean);
        }
    }
}
