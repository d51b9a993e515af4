package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.allreduce.rendezvous.Coordinator;
import io.github.sparkcnn.bench.Fork;
import io.github.sparkcnn.bench.Images;
import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.bench.gpu.SharingWorker.Result;
import io.github.sparkcnn.bench.gpu.SharingWorker.Work;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Replica;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Two processes share the device, each with half of a minibatch, and average through the ring after every step. With momentum,
 * and without normalisation and dropout, that is what one makes of the whole minibatch, but for rounding; of other networks only
 * the speed is told.
 */
final class Sharing implements Check {
    private static final String COMPARED = "all-convolutional";
    private static final double TOLERANCE = 1e-5;

    /** One replica's. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Alone(double secondsOfAStep, float[] parameters) {}

    @Override
    public String name() {
        return "sharing";
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        for (String network : bench.networks()) {
            int half = bench.batch() / SharingWorker.WORKERS;
            Alone alone = alone(bench, network, half);
            int timed = Math.max(1, (int) (bench.seconds() / alone.secondsOfAStep()));
            List<Result> together = together(new Work(bench.device(), network, half, bench.steps(), timed));
            verdicts.accept(verdict(network, bench.steps(), alone, together, timed));
        }
    }

    private static Alone alone(Bench bench, String network, int half) {
        Minibatch whole = Images.inMemory(ImageShape.MNIST, SharingWorker.WORKERS * half);
        try (Replica replica = bench.open(Networks.named(network), Precision.FLOAT32)) {
            for (int step = 0; step < bench.steps(); step++) {
                replica.step(whole, step);
            }
            float[] parameters = replica.read().parameters();
            long start = System.nanoTime();
            long end = start + (long) (bench.seconds() * 1e9);
            int steps = 0;
            do {
                replica.step(whole, steps++);
            } while (System.nanoTime() < end);
            return new Alone((System.nanoTime() - start) / 1e9 / steps, parameters);
        }
    }

    private static List<Result> together(Work work) {
        Map<Integer, Result> results = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(SharingWorker.WORKERS);
        try (Coordinator driver =
                Coordinator.start(SharingWorker.transport(), SharingWorker.RUN.id(), (caller, type, payload) -> {
                    results.put(caller.rank(), Result.of(payload));
                    return CompletableFuture.completedFuture(ByteBuffer.allocate(0));
                })) {
            List<CompletableFuture<?>> processes = new ArrayList<>();
            for (int rank = 0; rank < SharingWorker.WORKERS; rank++) {
                List<String> words = new ArrayList<>(
                        List.of(Integer.toString(driver.address().port()), Integer.toString(rank)));
                words.addAll(work.words());
                Fork process = Fork.java(1, List.of(), SharingWorker.class, words);
                processes.add(CompletableFuture.runAsync(process::run, threads));
            }
            processes.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
        return List.of(results.get(0), results.get(1));
    }

    private Verdict verdict(String network, int steps, Alone alone, List<Result> together, int timed) {
        Result first = together.get(0);
        String speed = String.format(
                Locale.ROOT,
                "time of a step and its averaging %.2f of one's step; an averaging alone %.2f ms",
                first.seconds() / timed / alone.secondsOfAStep(),
                first.milliseconds());
        if (!network.equals(COMPARED)) {
            return Verdict.told(name(), network + ", two processes", speed);
        }
        double off = Parity.difference(first.parameters(), alone.parameters());
        return Verdict.of(
                name(),
                network + ", two processes",
                off <= TOLERANCE
                        && Arrays.equals(first.parameters(), together.get(1).parameters()),
                String.format(
                        Locale.ROOT,
                        "%d steps, averaged after each through the ring: parameters differ by %.1e from one replica's; %s",
                        steps,
                        off,
                        speed));
    }
}
