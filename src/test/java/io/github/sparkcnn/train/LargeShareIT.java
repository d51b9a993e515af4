package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker's share may be larger than its heap, and larger than an array can be: it trains from a mapped file. */
@Tag("cluster")
class LargeShareIT {

    @TempDir
    Path folder;

    @Test
    void threeGigabytesTrainInAHeapOfTwo() throws IOException, InterruptedException {
        assertThat(train("-Xmx2g", images(46_000))).isEqualTo("3014656000 bytes trained in 1 epoch");
    }

    /** Nobody has the test images in one piece: driver, executor and all that they hold are in this heap. */
    @Test
    void aTestSetThatIsLargerThanTheHeapIsEvaluated() throws IOException, InterruptedException {
        assertThat(train("-Xmx600m", images(100), images(12_000)))
                .isEqualTo("6553600 bytes trained in 1 epoch, and evaluated");
    }

    private String images(int count) throws IOException {
        return Files.writeString(folder.resolve(count + SyntheticFormat.SUFFIX), Integer.toString(count))
                .toString();
    }

    /** @param data to train on, and to evaluate on */
    private String train(String heap, String... data) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(
                List.of(heap, "-cp", System.getProperty("java.class.path"), SyntheticFormat.Run.class.getName()));
        command.addAll(List.of(data[0], folder.resolve("run").toString()));
        command.addAll(List.of(data).subList(1, data.length));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines()
                .filter(line -> line.contains("bytes trained"))
                .findFirst()
                .orElse(output);
    }
}
