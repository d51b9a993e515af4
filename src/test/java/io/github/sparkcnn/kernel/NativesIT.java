package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a JVM of its own, since natives load once: the build that was chosen is the one in memory. */
@Tag("cluster")
class NativesIT {

    /** On a processor that cannot run it, a build is refused before it is in memory. */
    @ParameterizedTest
    @ValueSource(strings = {"avx2", "avx512"})
    void loadsTheChosenBuild(String build) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(List.of("-D" + NativesChoice.PROPERTY + "=" + build, "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), NativesInUse.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (build.equals("avx512") && NativesChoice.ofThisMachine() != NativesChoice.AVX512) {
            assertThat(process.waitFor()).as(output).isEqualTo(1);
            assertThat(output)
                    .contains(
                            "Cannot use sparkcnn.natives = avx512: this processor does not have all that it takes for granted.");
            return;
        }
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("report CPU (" + build + " natives), kernels onednn 3.", "sum 8")
                .containsPattern("library .*linux-x86_64-onednn-" + build + "/");
    }
}
