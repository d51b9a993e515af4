package io.github.sparkcnn.bench.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.bench.Networks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command that one gives on a machine with a GPU, here for the processor: the script, its words, its class path and all networks. The
 * checks that start processes for each of them would take minutes; {@code GpuCheckTest} makes those of one or two.
 */
@Tag("cluster")
class GpuCheckIT {
    private static final int MINUTES = 25;
    private static final String CHECKS = "libraries,parity,determinism,kept,averaging";

    @TempDir
    Path folder;

    @Test
    void theScriptPassesOnTheProcessor() throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        "src/bench/gpu-check",
                        "--device",
                        "cpu",
                        "--quick",
                        "--precisions=float32",
                        "--checks=" + CHECKS)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        assertThat(ended).as("ends within %d minutes", MINUTES).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        List<String> rows = Files.readAllLines(out);
        assertThat(rows.get(rows.size() - 1)).isEqualTo("Passed on cpu, batch 16: every check.");
        for (String network : Networks.NAMES) {
            for (String check : List.of(
                    "| parity | %s with oneDNN | passed | ",
                    "| determinism | %s in float32 | passed | 2 steps twice: ",
                    "| kept | %s in float32 | passed | ",
                    "| averaging | %s | passed | ")) {
                assertThat(rows).anySatisfy(row -> assertThat(row).startsWith(check.formatted(network)));
            }
        }
    }
}
