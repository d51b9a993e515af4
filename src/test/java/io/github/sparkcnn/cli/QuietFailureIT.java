package io.github.sparkcnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad row is one line on standard error, in a process of its own with our logging: nothing of Spark's before or behind it. */
class QuietFailureIT {

    private static final int USER_MISTAKE = 2;
    private static final int PARTS = 16;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data csv --data {parts} --output {folder}/x.csv",
                "train --set data.test=null --set data.train={parts} --output {folder}/run",
            })
    void aBadRowIsTheOnlyLine(String command) throws IOException, InterruptedException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        for (int i = 0; i < PARTS; i++) {
            String rows = ("3" + ",0".repeat(784) + "\n").repeat(500);
            Files.writeString(parts.resolve("part-%02d.csv".formatted(i)), rows + "bad\n" + rows);
        }

        Path err = folder.resolve("err");
        assertThat(run(command.replace("{parts}", parts.toString()).replace("{folder}", folder.toString()), err))
                .isEqualTo(USER_MISTAKE);

        assertThat(Files.readString(err))
                .startsWith("Cannot read " + parts.resolve("part-00.csv") + ": row 501 has 1 column, not 785.")
                .hasLineCount(1);
    }

    private static int run(String command, Path err) throws IOException, InterruptedException {
        List<String> words = SparkUnderTest.java();
        words.addAll(List.of(
                "-Xmx1g",
                "-Dspark.master=local[4]",
                "-Dspark.ui.enabled=false",
                "-Dspark.driver.host=127.0.0.1",
                "-Dlog4j2.configurationFile=file:"
                        + Path.of("conf/log4j2.properties").toAbsolutePath(),
                "io.github.sparkcnn.cli.Main"));
        words.addAll(List.of(command.split(" ", -1)));
        Process process = new ProcessBuilder(words)
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
