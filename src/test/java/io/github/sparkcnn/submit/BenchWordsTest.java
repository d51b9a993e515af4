package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    /** Some of which are too large to be sent in one piece. */
    @Test
    void aPackIsPutTogetherAgain() throws Exception {
        int pieces = 60 << 20;
        Path large = Files.createDirectories(folder.resolve("lib")).resolve("large.jar");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(pieces);
            file.seek(pieces - 4);
            file.writeInt(1);
        }
        Program.write(folder.resolve("java/bin/java"), "#!/bin/sh\necho started\n");
        Program.write(folder.resolve("java/lib/jspawnhelper"), "");
        Files.writeString(folder.resolve("java-options"), "");
        Path run = Program.write(folder.resolve("run"), Files.readString(Path.of("src/bench/gpu-run")));
        Path pack = Path.of("src/bench/gpu-pack").toAbsolutePath();

        Program split = Program.run(
                folder, Map.of(), Path.of("/bin/bash"), "-c", ". '" + pack + "'; in_parts '" + folder + "'");

        assertThat(split.code()).as(split.err()).isZero();
        assertThat(large).doesNotExist();
        try (Stream<Path> parts = Files.list(large.getParent())) {
            assertThat(parts)
                    .hasSize(2)
                    .allSatisfy(part -> assertThat(Files.size(part)).isLessThan(pieces));
        }
        Program program = Program.run(folder, Map.of(), run);
        assertThat(program.code()).as(program.err()).isZero();
        assertThat(program.out()).isEqualTo("started\n");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "r")) {
            file.seek(pieces - 4);
            assertThat(file.readInt()).isEqualTo(1);
            assertThat(file.length()).isEqualTo(pieces);
        }
    }

    /** Where CUDA's installer puts them, behind what the user names; a processor needs none. */
    @ParameterizedTest
    @CsvSource({
        "cuda, /mine:/usr/local/cuda/lib64:/usr/local/cuda/extras/CUPTI/lib64, gpu/pytorch-2.jar, torch/pytorch-2.jar",
        "cpu, /mine, torch/pytorch-2.jar, gpu/pytorch-2.jar"
    })
    void gpuChecksLoaderLooksWhereCudaIs(String device, String libraries, String jar, String otherJar)
            throws Exception {
        Path home = folder.resolve("my project");
        for (String name : List.of("src/bench/gpu-check", "submit/launch")) {
            Program.write(home.resolve(name), Files.readString(Path.of(name)));
        }
        Files.createDirectories(home.resolve("src/bench/java"));
        for (String name : List.of(
                "sparkcnn-1-job.jar",
                "gpu/pytorch-2.jar",
                "gpu/nd4j-cuda.jar",
                "torch/pytorch-2.jar",
                "test-classes/io/github/sparkcnn/bench/gpu/GpuCheck.class")) {
            Path file = home.resolve("target").resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        Program.write(
                folder.resolve("jdk/bin/java"),
                "#!/bin/sh\ncase $* in *ModuleOptions) echo --add-opens=x ;;"
                        + " *) printf '%s\\n' \"$@\" \"LIBRARIES=$LD_LIBRARY_PATH\" ;; esac\n");

        Program program = Program.run(
                folder,
                Map.of("JAVA_HOME", folder.resolve("jdk").toString(), "LD_LIBRARY_PATH", "/mine"),
                home.resolve("src/bench/gpu-check"),
                "--quick",
                "--device",
                device);

        assertThat(program.code()).as(program.err()).isZero();
        assertThat(program.out().lines())
                .contains("LIBRARIES=" + libraries)
                .containsSequence("io.github.sparkcnn.bench.gpu.GpuCheck", "--device", device, "--quick");
        assertThat(program.out()).contains(home + "/target/" + jar).doesNotContain("nd4j-cuda", "target/" + otherJar);
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
