package io.github.sparkcnn.bench.paced;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.bench.PacedBenchmark;
import io.github.sparkcnn.train.RunProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own: the tests' session has two slots, and its tasks look for engines where it was started. */
@Tag("cluster")
class PacedEpochsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    /**
     * 1,003 images in batches of 16 are 32 steps of each of two workers and 16 of four, the last minibatches uneven. A run whose workers
     * have done another number of steps, averagings or predictions than the model says has no row.
     */
    @Test
    void twoWorkersAndFourDoWhatTheModelSays() throws IOException {
        try (RunProcess process = RunProcess.start(
                folder.resolve("log"),
                Map.of(),
                PacedBenchmark.class,
                List.of(
                        "--workers=2,4",
                        "--network=all-convolutional",
                        "--images=1003",
                        "--test-images=600",
                        "--batch=16",
                        "--trained=100000",
                        "--predicted=100000",
                        "--floats=10",
                        "--seconds=0",
                        "--cores=2"))) {
            assertThat(process.awaitEnd(PATIENCE)).as(process.output()).isZero();

            assertThat(process.output().lines().filter(line -> line.matches("\\| [24] \\| .+")))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.split("\\|", -1)).hasSize(19));
        }
    }
}
