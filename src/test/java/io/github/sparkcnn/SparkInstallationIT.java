package io.github.sparkcnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkInstallationIT {

    @TempDir
    Path folder;

    /** A class path that does not begin as the archive's would be slower, and nothing else. */
    @Test
    void processesOfTestsTakeSparksClassesFromTheArchive() throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(SparkUnderTest.javaOptions());
        command.addAll(List.of(
                "-Xlog:class+load:file=" + log,
                "-cp",
                SparkUnderTest.classPath(),
                "org.apache.spark.deploy.SparkSubmit",
                "--version"));
        Path out = folder.resolve("out.txt");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();

        assertThat(code).as(Files.readString(out)).isZero();
        assertThat(Files.readString(log))
                .containsPattern("org\\.apache\\.spark\\.deploy\\.SparkSubmit source: shared objects file \\(top\\)");
    }
}
