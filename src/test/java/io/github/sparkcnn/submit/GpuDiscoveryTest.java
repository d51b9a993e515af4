package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What submit/gpu-discovery makes of an nvidia-smi that is made up. */
class GpuDiscoveryTest {

    private static final String TWO = "echo '0, GPU-aa11'; echo '1, GPU-bb22'";

    /** Of two GPUs the first is cut by MIG. */
    private static final String SLICED = """
            if [[ $1 == -L ]]; then
              echo 'GPU 0: NVIDIA H200 (UUID: GPU-aa11)'
              echo '  MIG 3g.71gb     Device  0: (UUID: MIG-c1)'
              echo '  MIG 1c.3g.71gb  Device  1: (UUID: MIG-c2)'
              echo 'GPU 1: NVIDIA H200 (UUID: GPU-bb22)'
            else
              echo '0, GPU-aa11'; echo '1, GPU-bb22'
            fi
            """;

    @TempDir
    Path folder;

    @Test
    void printsSparksResource() throws Exception {
        assertThat(discover(TWO, Map.of()).out()).isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1         | \"1\"",
                "'1,0'     | \"1\", \"0\"",
                "GPU-bb    | \"1\"",
                "'1,7,0'   | \"1\"",
            })
    void offersOnlyWhatCudaSees(String visible, String addresses) throws Exception {
        assertThat(discover(TWO, Map.of("CUDA_VISIBLE_DEVICES", visible)).out())
                .isEqualTo("{\"name\": \"gpu\", \"addresses\": [" + addresses + "]}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "unset",
            value = {
                "unset         | \"MIG-c1\", \"MIG-c2\"",
                "MIG-c2        | \"MIG-c2\"",
                "'MIG-c2,MIG-c1' | \"MIG-c2\", \"MIG-c1\"",
                "0             | \"MIG-c1\"",
                "1             | \"1\"",
                "GPU-bb        | \"1\"",
                "'1,MIG-c2'    | \"MIG-c2\"",
            })
    void slicesAreDevicesOfTheirOwn(String visible, String addresses) throws Exception {
        assertThat(discover(SLICED, visible == null ? Map.of() : Map.of("CUDA_VISIBLE_DEVICES", visible))
                        .out())
                .isEqualTo("{\"name\": \"gpu\", \"addresses\": [" + addresses + "]}\n");
    }

    @Test
    void aSliceThatIsNotThereHidesAll() throws Exception {
        Program program = discover(SLICED, Map.of("CUDA_VISIBLE_DEVICES", "MIG-d"));

        assertThat(program.code()).isEqualTo(2);
        assertThat(program.err()).startsWith("Cannot discover GPUs: CUDA_VISIBLE_DEVICES=MIG-d hides all 3. ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true                                         | nvidia-smi lists none.",
                "echo 'No devices were found'                 | nvidia-smi says \"No devices were found\".",
                "echo 'Driver mismatch' >&2; exit 9           | nvidia-smi says \"Driver mismatch\".",
            })
    void aMachineWithoutGpuIsAnErrorThatSaysSo(String nvidiaSmi, String reason) throws Exception {
        Program program = discover(nvidiaSmi, Map.of());

        assertThat(program.code()).isEqualTo(2);
        assertThat(program.out()).isEmpty();
        assertThat(program.err())
                .startsWith("Cannot discover GPUs: " + reason + " ")
                .hasLineCount(1);
    }

    @Test
    void hiddenGpusAreAnErrorThatSaysSo() throws Exception {
        Program program = discover(TWO, Map.of("CUDA_VISIBLE_DEVICES", ""));

        assertThat(program.code()).isEqualTo(2);
        assertThat(program.err()).startsWith("Cannot discover GPUs: CUDA_VISIBLE_DEVICES= hides all 2. ");
    }

    @Test
    void aMissingToolIsAnErrorThatSaysSo() throws Exception {
        Path bash = Program.write(folder.resolve("empty/bash"), "#!/bin/sh\nexec /bin/bash \"$@\"\n");

        Program program = run(Map.of("PATH", bash.getParent().toString()));

        assertThat(program.code()).isEqualTo(2);
        assertThat(program.err()).startsWith("Cannot discover GPUs: there is no nvidia-smi on the PATH. ");
    }

    private Program discover(String nvidiaSmi, Map<String, String> environment) throws Exception {
        Path program = Program.write(folder.resolve("bin/nvidia-smi"), "#!/usr/bin/env bash\n" + nvidiaSmi + "\n");
        Map<String, String> all = new HashMap<>(environment);
        all.put("PATH", program.getParent() + ":" + System.getenv("PATH"));
        return run(all);
    }

    private Program run(Map<String, String> environment) throws Exception {
        return Program.run(folder, environment, Path.of("submit/gpu-discovery").toAbsolutePath());
    }
}
