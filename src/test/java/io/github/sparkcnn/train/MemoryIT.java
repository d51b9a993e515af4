package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Twelve epochs more take no more memory outside the heap: the process's resident set without what it maps of
 * files, its heap resident from the start.
 *
 * <p>What is not the project's is kept small and still: the client compiler alone, and no block of malloc's above 64 kB kept in a
 * fragmented arena. With malloc's defaults an epoch of all-reduce leaves up to a megabyte of fragments; with jemalloc none.
 */
@Tag("cluster")
@EnabledOnOs(value = OS.LINUX, disabledReason = "the resident set is read from /proc")
class MemoryIT {

    /** A leak of one megabyte an epoch makes 12,000; code and caches of Spark that still fill make 4,000. */
    private static final long ALLOWED_KILOBYTES = 8_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"training.strategy=local", "training.strategy=all-reduce", "device.engine=dl4j"})
    void staysFlat(String setting) throws IOException, InterruptedException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 330, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 100, 2);

        List<Long> resident = residentAfterEachEpoch(setting);

        assertThat(resident).hasSize(MemoryOfEpochs.EPOCHS);
        // The least of some epochs: some of it is given back late.
        long early = leastUntil(MemoryOfEpochs.EARLY, resident);
        long late = leastUntil(MemoryOfEpochs.EPOCHS, resident);
        assertThat(late - early).as("growth in kB, %s", resident).isLessThan(ALLOWED_KILOBYTES);
    }

    private static long leastUntil(int epoch, List<Long> resident) {
        return Collections.min(resident.subList(epoch - MemoryOfEpochs.MEASURED, epoch));
    }

    private List<Long> residentAfterEachEpoch(String setting) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(List.of("-Xms600m", "-Xmx600m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MemoryOfEpochs.class.getName()));
        command.addAll(List.of(
                folder.resolve("run").toString(),
                "data.train=" + folder.resolve("train.csv"),
                "data.test=" + folder.resolve("test.csv"),
                "training.epochs=" + MemoryOfEpochs.EPOCHS,
                "training.batch-size=32",
                "training.strategy=local",
                "device.threads=1",
                setting));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "MALLOC_MMAP_THRESHOLD_", "65536", "MALLOC_TRIM_THRESHOLD_", "65536", "MALLOC_ARENA_MAX", "2"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines()
                .filter(line -> line.startsWith("resident "))
                .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }
}
