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
        assertThat(train(46_000, "-Xmx2g")).isEqualTo("3014656000 bytes trained in 1 epoch");
    }

    private String train(int images, String heap) throws IOException, InterruptedException {
        Path data = Files.writeString(folder.resolve("large" + SyntheticFormat.SUFFIX), Integer.toString(images));
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(
                List.of(heap, "-cp", System.getProperty("java.class.path"), SyntheticFormat.Run.class.getName()));
        command.addAll(List.of(data.toString(), folder.resolve("run").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines()
                .filter(line -> line.contains("bytes trained"))
                .findFirst()
                .orElse(output);
    }
}
