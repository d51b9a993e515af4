package io.github.sparkcnn.train;

import io.github.sparkcnn.SparkUnderTest;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;

/** A driver in a process of its own, to be killed or to lose its executors. */
public final class RunProcess implements AutoCloseable {

    private static final long POLL_MILLIS = 20;

    /** The property that names a file: without it the driver does not go on after the first epoch. */
    static final String HELD = "sparkcnn.held";

    static final String HOLDING = "holding after epoch 1";

    private static final String CAME = "there is executor ";

    private final Process process;
    private final Path log;

    /** Trains with the settings in the arguments after the first, the run's folder, and prints progress. */
    static final class Driver {

        private Driver() {}

        public static void main(String... args) {
            List<String> settings = List.of(args).subList(1, args.length);
            try (SparkSession spark = SparkSession.builder().appName("faults").getOrCreate()) {
                spark.sparkContext().addSparkListener(new Tasks());
                Storage storage = Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration());
                new TrainingRun(
                                spark,
                                ConfigurationReader.read("faults", "", settings),
                                storage,
                                storage.path(args[0]),
                                List.of(new Progress()))
                        .execute();
            }
        }
    }

    /** A task that the driver has started. */
    record Placement(int stage, int attempt, String executor) {
        private static final Pattern LINE = Pattern.compile("stage (\\d+)\\.(\\d+) on executor (\\w+)");

        static Placement of(MatchResult line) {
            return new Placement(Integer.parseInt(line.group(1)), Integer.parseInt(line.group(2)), line.group(3));
        }

        @Override
        public String toString() {
            return "stage " + stage + "." + attempt + " on executor " + executor;
        }
    }

    /** Prints where tasks are started, and which executors come once the driver has begun. */
    private static final class Tasks extends SparkListener {
        @Override
        public void onExecutorAdded(SparkListenerExecutorAdded executor) {
            System.out.println(CAME + executor.executorId());
        }

        @Override
        public void onTaskStart(SparkListenerTaskStart task) {
            System.out.println(new Placement(
                    task.stageId(), task.stageAttemptId(), task.taskInfo().executorId()));
        }
    }

    private static final class Progress implements TrainingListener {
        @Override
        public void noticed(String notice) {
            System.out.println(notice);
        }

        @Override
        public void progressed(int epoch, EpochProgress seen, long ofImages) {
            System.out.println("epoch " + epoch + ": " + seen.images() + " of " + ofImages);
        }

        @Override
        public void epochEnded(EpochMetrics metrics, Network network) {
            String held = System.getProperty(HELD);
            if (held != null && metrics.epoch() == 1) {
                System.out.println(HOLDING);
                while (!Files.exists(Path.of(held))) {
                    LockSupport.parkNanos(10_000_000);
                }
            }
        }
    }

    private RunProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    public static RunProcess start(Path log, Map<String, String> spark, Class<?> main, List<String> arguments)
            throws IOException {
        return start(log, spark, Map.of(), main, arguments);
    }

    /** With further variables of the environment. */
    public static RunProcess start(
            Path log, Map<String, String> spark, Map<String, String> environment, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = SparkUnderTest.java();
        command.add("-Xmx1g");
        command.add("-Dspark.executor.defaultJavaOptions=" + SparkUnderTest.javaOptionsText());
        spark.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
        builder.environment().put("SPARK_HOME", SparkUnderTest.home().toString());
        builder.environment().putAll(environment);
        return new RunProcess(builder.start(), log);
    }

    /** Waits for a text in what the process prints. */
    public void awaitOutput(String text, Duration patience) {
        await(() -> output().contains(text), text, patience);
    }

    /** How many executors the driver has heard of, with or without those that it began with. */
    int executorsThatCame() {
        return output().split(CAME, -1).length - 1;
    }

    /** Waits until it has heard of so many. */
    void awaitExecutors(int count, Duration patience) {
        await(() -> executorsThatCame() >= count, count + " executors", patience);
    }

    /** Waits for a file. */
    void awaitFile(Path file, Duration patience) {
        await(() -> Files.exists(file), file.toString(), patience);
    }

    /** The exit code. */
    public int awaitEnd(Duration patience) {
        await(() -> !process.isAlive(), "the end", patience);
        return process.exitValue();
    }

    /** Waits so long, or until the process has ended. */
    public boolean endsWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The executors that the process has started. */
    List<ProcessHandle> executors() {
        return process.descendants().filter(RunProcess::isExecutor).toList();
    }

    /** Whether it is an executor of Spark's, on any kind of cluster. */
    public static boolean isExecutor(ProcessHandle handle) {
        String line = commandLine(handle);
        return line.contains("CoarseGrainedExecutorBackend") && line.contains("--executor-id\0");
    }

    /** Whether it has not ended yet. */
    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    ProcessHandle executor(String id) {
        return executors().stream()
                .filter(executor -> commandLine(executor).contains("--executor-id\0" + id + "\0"))
                .findFirst()
                .orElseThrow();
    }

    /** The tasks started until now, in that order. */
    List<Placement> placements() {
        return Placement.LINE.matcher(output()).results().map(Placement::of).toList();
    }

    public void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofMinutes(2)); // of what waits for the disk, when that has answered
    }

    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** ProcessHandle gives up on command lines of more than a page. */
    private static String commandLine(ProcessHandle handle) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(handle.pid()), "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    private interface Condition {
        boolean holds();
    }

    private void await(Condition condition, String what, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean wasAlive = process.isAlive(); // before the look at what it may have done last
            if (condition.holds()) {
                return;
            }
            if (!wasAlive) {
                throw new AssertionError("ended before " + what + "; output:\n" + output());
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + patience + " for " + what + "; output:\n" + output());
            }
            sleep();
        }
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the process and its executors, frozen ones too. */
    @Override
    public void close() {
        List<ProcessHandle> executors = executors();
        process.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
    }
}
