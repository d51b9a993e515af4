package io.github.sparkcnn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the command to the configuration that {@code train} takes. */
class TuneCommandTest extends SparkTest {

    @TempDir
    Path folder;

    @BeforeEach
    void nameTheMaster() {
        System.setProperty("spark.master", "local[2]");
    }

    @AfterEach
    void forgetTheMaster() {
        System.clearProperty("spark.master");
    }

    @Test
    void leavesAConfigurationThatTrains() throws IOException {
        Path search = folder.resolve("my search");
        Path space = folder.resolve("space.conf");
        Files.writeString(
                space, "training { optimizer.learning-rate = [0.001, 0.01], augmentation = [[], [{name = flip}]] }");

        List<String> lines = said(
                "tune",
                "--space=" + space,
                "--trials=2",
                "--parallel=2",
                "--serve=0",
                "--output=" + search,
                "--set=data.sample.train-images=40",
                "--set=data.sample.test-images=20",
                "--set=network.name=all-convolutional",
                "--set=training.workers=1",
                "--set=training.epochs=1");

        assertThat(lines)
                .anyMatch(line -> line.matches("Page http://127\\.0\\.0\\.1:\\d+/ until the run has ended"))
                .anyMatch(line -> line.startsWith("Trial 1/2  training.augmentation="))
                .anyMatch(line -> line.matches("Trial 2  epoch 1  train loss .* accuracy 0\\.\\d{4}  .* s"))
                .anyMatch(line -> line.matches("Trial 2  finished after epoch 1, accuracy 0\\.\\d{4}"))
                .anyMatch(line -> line.matches("Trial [12]  Backend: .*"))
                .anyMatch(line ->
                        line.matches("Best trial [12]: training.augmentation=.* training.optimizer.learning-rate=.*"))
                .contains("Search file:" + search)
                .endsWith(
                        "",
                        "  Next:",
                        "  see how it went   " + search.resolve("tune.html").toUri(),
                        "  train with it     submit/local train '" + search.resolve("best.conf") + "'");
        assertThat(lines.stream().filter(line -> line.contains("Backend: "))).hasSize(1);
        assertThat(Files.readString(search.resolve("best.conf")))
                .startsWith("# Trial ")
                .contains("train-images");
        assertThat(said("train", search.resolve("best.conf").toString(), "--output=" + folder.resolve("run")))
                .anyMatch(line -> line.startsWith("Epoch 1/1  "))
                .anyMatch(line -> line.startsWith("Model file:"));
    }

    private static List<String> said(String... words) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            assertThat(Main.commandLine().execute(words)).isZero();
        } finally {
            System.setOut(before);
        }
        return new ArrayList<>(out.toString(UTF_8).lines().toList());
    }
}
