package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.allreduce.rendezvous.Coordinator;
import io.github.sparkcnn.bench.Fork;
import io.github.sparkcnn.bench.gpu.SharingWorker.Result;
import io.github.sparkcnn.bench.gpu.SharingWorker.Work;
import io.github.sparkcnn.kernel.Engines;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Two processes share the device, each with half of a minibatch, and average through the ring after every step. With momentum,
 * and without normalisation and dropout, that is what one makes of the whole minibatch, but for rounding. With normalisation, of
 * each half by itself, it is what two on the processor make of the halves. Of other networks only the speed is told.
 */
final class Sharing implements Check {
    private static final int WORKERS = 2;
    private static final String LIKE_ONE = "all-convolutional";
    private static final String LIKE_PROCESSORS = "residual-cnn";
    private static final double TOLERANCE = 1e-5;

    /**
     * Learning rates where engines are compared. Of a million activations some lie where a rounding carries a ReLU over its kink: after two
     * whole steps the parameters of two engines differ by up to 1e-3.
     */
    private static final double SMALL = 1e-2;

    private final BooleanSupplier exclusive;

    /**
     * Of the device.
     *
     * @param exclusive whether it takes one process alone
     */
    Sharing(BooleanSupplier exclusive) {
        this.exclusive = exclusive;
    }

    @Override
    public String name() {
        return "sharing";
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        if (exclusive.getAsBoolean()) {
            verdicts.accept(Verdict.told(
                    name(),
                    "two processes",
                    "not possible in EXCLUSIVE_PROCESS mode (nvidia-smi --compute-mode=DEFAULT would allow it)"));
            return;
        }
        for (String network : bench.networks()) {
            share(bench, network, verdicts);
        }
    }

    private void share(Bench bench, String network, Consumer<Verdict> verdicts) {
        Result alone = train(work(bench, network, 1, 1, bench.seconds())).get(0);
        int timed = Math.max(1, (int) (bench.seconds() / alone.seconds()));
        List<Result> together = train(work(bench, network, WORKERS, timed, 0));
        String speed = String.format(
                Locale.ROOT,
                "time of a step and its averaging %.2f of one's step; an averaging alone %.2f ms",
                together.get(0).seconds() / alone.seconds(),
                together.get(0).milliseconds());
        if (network.equals(LIKE_ONE)) {
            verdicts.accept(verdict(network, bench.steps(), together, alone, "one replica's", speed));
        } else if (network.equals(LIKE_PROCESSORS)) {
            Result expected =
                    train(onProcessor(work(bench, network, WORKERS, 0, 0))).get(0);
            verdicts.accept(verdict(network, bench.steps(), together, expected, "two on the processor", speed));
        } else {
            verdicts.accept(Verdict.told(name(), subject(network), speed));
        }
    }

    private static Work work(Bench bench, String network, int workers, int timed, double seconds) {
        return new Work(
                bench.device(),
                Engines.TORCH,
                network,
                workers,
                bench.batch(),
                bench.steps(),
                timed,
                seconds,
                network.equals(LIKE_PROCESSORS) ? SMALL : 1);
    }

    private static Work onProcessor(Work work) {
        return new Work(
                "cpu",
                Engines.ONEDNN,
                work.network(),
                work.workers(),
                work.images(),
                work.steps(),
                work.timed(),
                work.seconds(),
                work.rate());
    }

    /** Each worker in a process of its own; what came of them, by rank. */
    private static List<Result> train(Work work) {
        Map<Integer, Result> results = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(work.workers());
        try (Coordinator driver =
                Coordinator.start(SharingWorker.transport(), SharingWorker.RUN.id(), (caller, type, payload) -> {
                    results.put(caller.rank(), Result.of(payload));
                    return CompletableFuture.completedFuture(ByteBuffer.allocate(0));
                })) {
            List<CompletableFuture<?>> processes = new ArrayList<>();
            for (int rank = 0; rank < work.workers(); rank++) {
                List<String> words = new ArrayList<>(
                        List.of(Integer.toString(driver.address().port()), Integer.toString(rank)));
                words.addAll(work.words());
                Fork process = Child.of(SharingWorker.class, words);
                processes.add(CompletableFuture.runAsync(process::run, threads));
            }
            processes.forEach(Sharing::await);
        } finally {
            threads.shutdown();
        }
        return IntStream.range(0, work.workers()).mapToObj(results::get).toList();
    }

    private static void await(CompletableFuture<?> process) {
        try {
            process.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Fork.Ended ended ? ended : e;
        }
    }

    private Verdict verdict(
            String network, int steps, List<Result> together, Result expected, String whose, String speed) {
        float[] parameters = together.get(0).parameters();
        double off = Parity.difference(parameters, expected.parameters());
        return Verdict.of(
                name(),
                subject(network),
                off <= TOLERANCE && Arrays.equals(parameters, together.get(1).parameters()),
                String.format(
                        Locale.ROOT,
                        "%d steps, averaged after each through the ring: parameters differ by %.1e from %s; %s",
                        steps,
                        off,
                        whose,
                        speed));
    }

    private static String subject(String network) {
        return network + ", two processes";
    }
}
