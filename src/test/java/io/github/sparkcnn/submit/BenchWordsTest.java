package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What src/bench's long commands refuse, before they build or start anything. */
class BenchWordsTest {

    @TempDir
    Path folder;

    /** What gpu-check --pack has written, of which something was lost on the way. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none      | sha256sum: sums: .+",
                "a file    | sha256sum: ./lost: .+",
                "its bytes | ./here: FAILED"
            })
    void aPackThatIsNotWholeIsNotRun(String lost, String reason) throws Exception {
        Path run = Program.write(folder.resolve("run"), Files.readString(Path.of("src/bench/gpu-run")));
        Files.writeString(folder.resolve("here"), "x");
        if (!lost.equals("none")) {
            Files.writeString(
                    folder.resolve("sums"), "0".repeat(64) + (lost.equals("a file") ? "  ./lost\n" : "  ./here\n"));
        }

        Program program = Program.run(folder, Map.of("LC_ALL", "C"), run);

        assertThat(program.code()).isEqualTo(2);
        assertThat(program.err()).matches("Cannot run gpu-check: " + reason + "\\. Bring it here again\\.\n");
        assertThat(folder.resolve("joined")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "faults",
                "faults standalone",
                "faults mesos 3",
                "faults yarn 0",
                "faults standalone many",
                "faults standalone 3 x",
                "soak",
                "soak out 19",
                "soak out many",
                "fuzz",
                "fuzz 60",
                "fuzz 0 1",
                "gpu-check --device",
                "gpu-check --device tpu",
                "gpu-check --device cpu --pack ."
            })
    void isRefusedInALine(String command) throws Exception {
        String[] words = command.split(" ", -1);

        Program program = Program.run(
                folder,
                Map.of(),
                Path.of("src/bench", words[0]).toAbsolutePath(),
                Arrays.copyOfRange(words, 1, words.length));

        assertThat(program.code()).isEqualTo(2);
        assertThat(program.out()).isEmpty();
        assertThat(program.err()).matches("Cannot .+: .+\\. Write src/bench/" + words[0] + " .+\\.\n");
    }
}
