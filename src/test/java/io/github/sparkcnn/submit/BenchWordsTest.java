package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What src/bench's long commands refuse, before they build or start anything. */
class BenchWordsTest {

    @TempDir
    Path folder;

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
