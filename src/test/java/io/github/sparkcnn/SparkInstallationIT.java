package io.github.sparkcnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkInstallationIT {

    @TempDir
    Path folder;

    /** A class path that begins otherwise than the archive's only makes processes slower, which no other test notices. */
    @Test
    void processesOfTestsTakeSparksClassesFromTheArchive() throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        List<String> command = SparkUnderTest.java();
        command.addAll(List.of("-Xlog:class+load:file=" + log, "org.apache.spark.deploy.SparkSubmit", "--version"));
        Path out = folder.resolve("out.txt");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();

        assertThat(code).as(Files.readString(out)).isZero();
        assertThat(log)
                .as("classes loaded with an archive; %s says why there is none", SparkUnderTest.log())
                .content()
                .containsPattern("org\\.apache\\.spark\\.deploy\\.SparkSubmit source: shared objects file \\(top\\)");
    }
}
