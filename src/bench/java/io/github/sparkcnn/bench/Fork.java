package io.github.sparkcnn.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.config.DeviceConfig.Precision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A fresh process that prints {@link Rate}s. */
public record Fork(List<String> command, int threads) {

    /** A JVM like this one that runs {@link StepFork}. */
    static Fork java(int threads, List<String> options, List<String> arguments) {
        List<String> words = new ArrayList<>(arguments);
        words.addAll(List.of("--threads", Integer.toString(threads)));
        return java(threads, options, StepFork.class, words);
    }

    /** A JVM like this one that runs some class. */
    public static Fork java(int threads, List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new Fork(command, threads);
    }

    /** PyTorch in all its forms, in the interpreter that the environment's {@code PYTHON} names. */
    static Fork pytorch(String network, int batch, int threads, Precision precision, double seconds) {
        return new Fork(
                List.of(
                        System.getenv().getOrDefault("PYTHON", "python3"),
                        System.getProperty("sparkcnn.home") + "/src/bench/python/pytorch_peer.py",
                        network,
                        Integer.toString(batch),
                        Integer.toString(threads),
                        "--precision=" + precision.word(),
                        "--seconds=" + seconds),
                threads);
    }

    /** Measures, and returns what was printed. */
    public List<Rate> run() {
        List<Rate> rates = new ArrayList<>();
        run(line -> rates.add(Rate.parse(line)));
        return rates;
    }

    /**
     * Waits for its end.
     *
     * @param told each line that it prints, at once
     * @throws Ended unless that was with code 0
     */
    public void run(Consumer<String> told) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        // glibc keeps what is freed, as in pytorch_peer.py: libtorch frees its tensors at every step.
        builder.environment().put("MALLOC_MMAP_MAX_", "0");
        // Only the main arena keeps it: those of other threads, as Java's are, unmap each 64 MiB that are free.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        builder.environment().put("MALLOC_TRIM_THRESHOLD_", Integer.toString(Integer.MAX_VALUE));
        try {
            Process process = builder.start();
            try (BufferedReader output = process.inputReader(UTF_8)) {
                output.lines().forEach(told);
                if (process.waitFor() != 0) {
                    throw new Ended(shortened(), process.exitValue());
                }
            } finally {
                process.destroyForcibly().waitFor(); // whoever cannot read what it prints leaves it no device
            }
        } catch (IOException e) {
            throw new UncheckedIOException(command.get(0) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Without the class path. */
    private String shortened() {
        List<String> words = new ArrayList<>(command);
        int classPath = words.indexOf("-cp");
        if (classPath >= 0) {
            words.subList(1, classPath + 2).clear();
        }
        return String.join(" ", words);
    }

    /** What it was run for did not come about. */
    public static final class Ended extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private final int code;

        Ended(String command, int code) {
            super(command + " ended with " + code);
            this.code = code;
        }

        /** Of its exit. */
        public int code() {
            return code;
        }
    }
}
