package io.github.sparkcnn.faults;

import io.github.sparkcnn.cli.Main;
import io.github.sparkcnn.train.RunProcess;
import io.github.sparkcnn.train.StripedImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A small training, undisturbed, and then again and again, each time disturbed once. */
final class FaultRounds {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int EXECUTORS = 2;
    private static final int MOST_TRIES = 4;
    private static final int POLL_MILLIS = 50;
    private static final String PATIENT = "2min";
    /** Of a run one of whose executors may never register: Spark and the run wait so long each. */
    private static final String IMPATIENT = "90s";

    private final DisturbedCluster cluster;
    private final Path folder;
    private Undisturbed undisturbed;

    /** A fault at a moment: a fraction of the time from the executors' start to the undisturbed run's end. */
    record Round(int number, Fault fault, double moment, int victim) {}

    private record Undisturbed(String parameters, long millis) {}

    /**
     * @param folder for logs and data
     * @param cluster to train on
     */
    FaultRounds(Path folder, DisturbedCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    /** The same rounds for the same seed: the faults in turn, their moments and victims at random. */
    static List<Round> draw(long seed, int rounds, List<Fault> faults) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Round> drawn = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            drawn.add(new Round(i + 1, faults.get(i % faults.size()), random.nextDouble(), random.nextInt(EXECUTORS)));
        }
        return drawn;
    }

    /** Trains without a fault; says how long that took and what the parameters are. */
    String trainUndisturbed() throws Exception {
        StripedImages.writeCsv(folder.resolve("train.csv"), 240, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 40, 2);
        long began = System.nanoTime();
        try (RunProcess run = train("undisturbed", "", PATIENT)) {
            awaitExecutors(run);
            long came = System.nanoTime();
            requireDone(run.awaitEnd(PATIENCE), run);
            undisturbed = new Undisturbed(parameters("undisturbed"), millisSince(came));
        }
        return "undisturbed: %.1f s, %.1f of them with executors; SHA-256 of the parameters %s"
                .formatted(millisSince(began) / 1e3, undisturbed.millis() / 1e3, undisturbed.parameters());
    }

    /** What became of a disturbed run. */
    record Outcome(Round round, boolean struck, double after, double seconds, String end, boolean same) {
        @Override
        public String toString() {
            return "round %d: %s%s %.2f s after the executors came; %.1f s in all; %s; %s"
                    .formatted(
                            round.number(),
                            round.fault(),
                            struck ? "" : ", too late:",
                            after,
                            seconds,
                            end,
                            same ? "same parameters" : "OTHER PARAMETERS");
        }
    }

    /**
     * Trains with a fault, and again with {@code --resume} where that is what it takes. A run that ended before its fault came is one
     * more undisturbed run: it says how long one takes by now, and the round is played again.
     */
    Outcome play(Round round) throws Exception {
        Outcome outcome = tryOnce(round);
        for (int again = 1; !outcome.struck() && outcome.same() && again < MOST_TRIES; again++) {
            outcome = tryOnce(round);
        }
        return outcome;
    }

    private Outcome tryOnce(Round round) throws Exception {
        String name = "round-" + round.number();
        long began = System.nanoTime();
        boolean struck;
        boolean over;
        double after;
        String end;
        try (RunProcess run = train(name, "", round.fault() == Fault.EXECUTOR_STOPPED ? IMPATIENT : PATIENT)) {
            awaitExecutors(run);
            long came = System.nanoTime();
            run.endsWithin(Duration.ofMillis(Math.round(round.moment() * undisturbed.millis())));
            after = millisSince(came) / 1e3;
            struck = strike(round, run);
            if (!struck) {
                undisturbed = new Undisturbed(undisturbed.parameters(), millisSince(came));
            }
            int code = run.awaitEnd(PATIENCE);
            end = "exit code " + code;
            over = struck && (round.fault().endsTheRun() || isRefused(round, code, run));
        } finally {
            cluster.mend();
        }
        if (over) {
            awaitNoExecutors();
            try (RunProcess resumed = train(name, "--resume", PATIENT)) {
                end += ", then " + resumed.awaitEnd(PATIENCE);
            }
        }
        awaitNoExecutors();
        boolean same = end.endsWith(" 0") && parameters(name).equals(undisturbed.parameters());
        if (same) {
            cluster.delete(name);
        }
        return new Outcome(round, struck, after, millisSince(began) / 1e3, end, same);
    }

    /**
     * Whether the executor was frozen before it had registered: Spark takes it for one that is starting, nobody replaces it, and a run
     * that has waited for it is refused, with nothing lost. It is begun again, as whoever reads that line would.
     */
    private static boolean isRefused(Round round, int code, RunProcess run) {
        return round.fault() == Fault.EXECUTOR_STOPPED
                && code == 2
                && run.output().contains("the cluster has 1 slots");
    }

    /** Whether there was anything left to strike. */
    private boolean strike(Round round, RunProcess run) throws Exception {
        List<ProcessHandle> executors = cluster.executors();
        if (!run.isAlive() || executors.isEmpty()) {
            return false;
        }
        ProcessHandle executor = executors.get(round.victim() % executors.size());
        switch (round.fault()) {
            case DRIVER_KILLED -> run.kill();
            case EXECUTOR_KILLED -> {
                return Signal.KILL.to(executor);
            }
            case EXECUTOR_STOPPED -> {
                return Signal.STOP.to(executor);
            }
            case WORKER_KILLED, APPLICATION_KILLED -> cluster.strike(round.fault(), round.victim());
        }
        return true;
    }

    /** @param waiting for executors that do not come */
    private RunProcess train(String name, String option, String waiting) throws IOException {
        List<String> words = new ArrayList<>(List.of("train", "--output", cluster.output(name)));
        if (!option.isEmpty()) {
            words.add(option);
        }
        for (String setting : List.of(
                "data.train=file:" + folder.resolve("train.csv"),
                "data.test=file:" + folder.resolve("test.csv"),
                "training.epochs=4",
                "training.batch-size=4",
                "training.strategy=all-reduce",
                "training.workers=" + EXECUTORS,
                "training.averaging-frequency=1",
                "training.averaging-timeout=5s")) {
            words.addAll(List.of("--set", setting));
        }
        return RunProcess.start(folder.resolve(name + option + ".log"), properties(waiting), Main.class, words);
    }

    private Map<String, String> properties(String waiting) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "spark.ui.enabled", "false",
                "spark.driver.host", "127.0.0.1",
                "spark.executor.cores", "1",
                "spark.executor.memory", "600m",
                "spark.executorEnv.OMP_NUM_THREADS", "1",
                "spark.executor.heartbeatInterval", "1s",
                // A stopped executor has to be noticed within a round; a busy machine needs many seconds.
                "spark.network.timeout", "15s",
                "spark.network.timeoutInterval", "1s"));
        properties.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
        properties.put("spark.scheduler.maxRegisteredResourcesWaitingTime", waiting);
        properties.putAll(cluster.properties());
        return properties;
    }

    private void awaitExecutors(RunProcess run) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (cluster.executors().size() < EXECUTORS) {
            if (!run.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("no executors came; output:\n" + run.output());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Those of a run that has ended end with it; one that was stopped is killed. */
    private void awaitNoExecutors() throws InterruptedException, IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!cluster.executors().isEmpty()) {
            if (System.nanoTime() > deadline) {
                for (ProcessHandle left : cluster.executors()) {
                    Signal.KILL.to(left);
                }
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static void requireDone(int code, RunProcess run) {
        if (code != 0) {
            throw new IllegalStateException("the undisturbed run ended with " + code + "; output:\n" + run.output());
        }
    }

    /** SHA-256 of the model's coefficients. */
    private String parameters(String run) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(cluster.open(run, "model/model.zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("coefficients.bin")) {
                    return sha256(zip);
                }
            }
        }
        throw new IOException("the model of " + run + " has no coefficients.bin");
    }

    private static String sha256(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(in.readAllBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
