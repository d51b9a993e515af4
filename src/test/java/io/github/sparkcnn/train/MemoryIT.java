package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Twenty epochs take no more memory outside the heap than three: the process's resident set, its heap resident from the start. */
@Tag("cluster")
@EnabledOnOs(value = OS.LINUX, disabledReason = "the resident set is read from /proc")
class MemoryIT {

    private static final int EPOCHS = 20;
    /** A leak of one megabyte an epoch makes 14,000; caches of the JIT and of Spark that still fill make 3,000. */
    private static final long ALLOWED_KILOBYTES = 8_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"training.strategy=local", "training.strategy=all-reduce", "device.kernels=dl4j"})
    void staysFlat(String setting) throws IOException, InterruptedException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 330, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 100, 2);

        List<Long> resident = residentAfterEachEpoch(setting);

        assertThat(resident).hasSize(EPOCHS);
        // The least of four epochs: malloc gives memory back in lumps of ten megabytes.
        long early = Collections.min(resident.subList(2, 6));
        long late = Collections.min(resident.subList(EPOCHS - 4, EPOCHS));
        assertThat(late - early).as("growth in kB, %s", resident).isLessThan(ALLOWED_KILOBYTES);
    }

    private List<Long> residentAfterEachEpoch(String setting) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(List.of("-Xms600m", "-Xmx600m", "-XX:+AlwaysPreTouch"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MemoryOfEpochs.class.getName()));
        command.addAll(List.of(
                folder.resolve("run").toString(),
                "data.train=" + folder.resolve("train.csv"),
                "data.test=" + folder.resolve("test.csv"),
                "training.epochs=" + EPOCHS,
                "training.batch-size=32",
                "training.strategy=local",
                "device.threads=1",
                setting));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines()
                .filter(line -> line.startsWith("resident "))
                .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }
}
