package io.github.sparkcnn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.train.StripedImages;
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

/** The commands that a command names at its end can be given in a shell as they stand, and do what they say. */
class WhatIsNextTest extends SparkTest {

    private static final String LAUNCHER = "submit/local ";

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        System.setProperty("spark.master", "local[2]");
        folder = Files.createDirectory(temporary.resolve("it's mine"));
        StripedImages.writeCsv(folder.resolve("train.csv"), 40, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 20, 2);
    }

    @AfterEach
    void forgetTheMaster() {
        System.clearProperty("spark.master");
    }

    @Test
    void behindAComparisonAndThenOnAndOn() throws Exception {
        List<String> compared = next(List.of(
                "compare",
                "--workers=1,2",
                "--batch=both",
                "--output=" + folder.resolve("compared"),
                "--set=data.train=" + folder.resolve("train.csv"),
                "--set=data.test=" + folder.resolve("test.csv"),
                "--set=network.name=all-convolutional",
                "--set=training.max-workers=null",
                "--set=training.batch-size=8",
                "--set=training.epochs=1"));

        assertThat(compared).hasSize(3);
        assertThat(compared.get(0))
                .isEqualTo("see how it went     "
                        + folder.resolve("compared/compare.html").toUri());
        assertThat(compared.get(1)).startsWith("train the fastest   " + LAUNCHER + "train --set 'data.train=");
        assertThat(compared.get(2)).startsWith("predict with it     " + LAUNCHER + "predict --model '");
        List<String> trained = next(words(compared.get(1) + " --output '" + quoted("again") + "'"));
        List<String> predicted = next(words(compared.get(2)));
        assertThat(trained).hasSize(3);
        assertThat(predicted).hasSize(2);
        List<String> evaluated = next(words(predicted.get(0)));
        assertThat(evaluated).hasSize(2).allMatch(line -> line.contains(LAUNCHER));
        for (String line : evaluated) {
            next(words(line));
        }
        assertThat(compared.get(2)).contains("/predictions'");
        assertThat(evaluated.get(1)).contains("/predictions-2'");
    }

    @Test
    void behindOneRunAnExportAndAnImport() throws Exception {
        List<String> compared = next(List.of(
                "compare",
                "--workers=1",
                "--output=" + folder.resolve("one"),
                "--set=network.name=all-convolutional",
                "--set=data.sample.train-images=40",
                "--set=data.sample.test-images=20",
                "--set=training.max-workers=null",
                "--set=training.epochs=1"));
        Path run = folder.resolve("one/all-reduce-1-total");
        assertThat(compared)
                .startsWith("see how it went   " + run.resolve("report.html").toUri())
                .hasSize(3);

        List<String> exported = next(List.of("export", "--model=" + run, "--onnx=" + folder.resolve("model.onnx")));
        assertThat(exported).hasSize(2);
        for (String line : exported) {
            next(words(line));
        }
        assertThat(run.resolve("predictions")).exists();

        String weights = "--npz=" + folder.resolve("weights.npz");
        assertThat(next(List.of("export", "--model=" + run, weights))).hasSize(1);
        List<String> imported = next(
                List.of("import", weights, "--network=all-convolutional", "--output=" + folder.resolve("imported")));
        assertThat(imported).hasSize(2);
        for (String line : imported) {
            next(words(line));
        }
        assertThat(folder.resolve("imported/model.onnx")).exists();
    }

    private String quoted(String name) {
        return folder.resolve(name).toString().replace("'", "'\\''");
    }

    /** The words of a line's command, as a shell takes them. */
    private static List<String> words(String line) throws IOException, InterruptedException {
        String command = line.substring(line.indexOf(LAUNCHER) + LAUNCHER.length());
        Process shell = new ProcessBuilder("bash", "-c", "printf '%s\\0' " + command).start();
        String words = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).isZero();
        return List.of(words.split("\0"));
    }

    /** What a command that comes to its end says of the next ones. */
    private static List<String> next(List<String> words) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            assertThat(Main.commandLine().execute(words.toArray(String[]::new)))
                    .as(String.join(" ", words))
                    .isZero();
        } finally {
            System.setOut(before);
        }
        List<String> lines = new ArrayList<>(out.toString(UTF_8).lines().toList());
        int begin = lines.indexOf("  Next:");
        return begin < 0
                ? List.of()
                : lines.subList(begin + 1, lines.size()).stream()
                        .map(String::strip)
                        .toList();
    }
}
