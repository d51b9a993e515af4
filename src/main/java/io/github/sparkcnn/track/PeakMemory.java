package io.github.sparkcnn.track;

import io.github.sparkcnn.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkEnv;

/** The largest resident set of this process, as Linux counts it ({@code man 5 proc}: VmHWM, clear_refs). */
public final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String RESET_PEAK = "5";
    /** Spark's name for the driver among the executors. */
    private static final String DRIVER = "driver";

    private static final long KILOBYTE = 1024;

    private PeakMemory() {}

    /** Begins to count anew, where the kernel allows it; elsewhere the peak remains that since the process began. */
    public static void reset() {
        if (!Files.isWritable(CLEAR)) {
            return;
        }
        try {
            Files.writeString(CLEAR, RESET_PEAK);
        } catch (IOException e) {
            // A sandbox may show the file and refuse the write; no run fails for its memory's sake.
            return;
        }
    }

    /** As {@link #reset}, in an executor only: the driver's process belongs to the whole run, not to a worker in it. */
    public static void resetInExecutor() {
        if (!SparkEnv.get().executorId().equals(DRIVER)) {
            reset();
        }
    }

    /** In bytes; empty where there is no {@code /proc}. */
    public static Optional<Long> bytes() {
        if (!Files.isReadable(STATUS)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
                    .findFirst();
        } catch (IOException e) {
            throw new FileException("read", STATUS, e);
        }
    }
}
