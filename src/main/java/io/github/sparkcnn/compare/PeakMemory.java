package io.github.sparkcnn.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The largest resident set of this process, as Linux counts it ({@code man 5 proc}: VmHWM, clear_refs). */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String RESET_PEAK = "5";
    private static final long KILOBYTE = 1024;

    private PeakMemory() {}

    /** Begins to count anew, where the kernel allows it; elsewhere the peak remains that since the process began. */
    static void reset() {
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

    /** In bytes; empty where there is no {@code /proc}. */
    static Optional<Long> bytes() {
        if (!Files.isReadable(STATUS)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STATUS + ": " + e.getMessage(), e);
        }
    }
}
