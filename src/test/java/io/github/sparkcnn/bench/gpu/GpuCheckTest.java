package io.github.sparkcnn.bench.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.device.Device;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That src/bench/gpu-check works on the day a GPU is there. */
class GpuCheckTest {
    @TempDir
    Path folder;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void passesOnTheProcessor() {
        int code = GpuCheck.execute(
                "--device", "cpu", "--quick", "--networks", "all-convolutional", "--python", "/no/such/python");

        List<String> rows = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(rows)
                .filteredOn(row -> row.startsWith("| "))
                .allSatisfy(row -> assertThat(row).doesNotContain("failed"));
        assertThat(code).isZero();
        for (String row : List.of(
                "| libraries | libtorch | passed | CPU (libtorch 2.10.0 natives), kernels torch, ",
                "| parity | all-convolutional with PyTorch | passed | losses of 2 steps differ by ",
                "| parity | all-convolutional with oneDNN | passed | ",
                "| determinism | all-convolutional in float32 | passed | 2 steps twice: the same bits",
                "| determinism | all-convolutional in bf16 | passed | ",
                "| kept | all-convolutional in float32 | passed | 3 steps of 0.03 MB on the device: as given, to the digit",
                "| speed | all-convolutional in float32, train | told | ",
                "| averaging | all-convolutional | passed | 0.03 MB to host memory and back: ",
                "| sharing | all-convolutional, two processes | passed | 2 steps, averaged after each through the ring: parameters"
                        + " differ by ")) {
            assertThat(rows).anySatisfy(each -> assertThat(each).startsWith(row));
        }
        assertThat(rows.get(rows.size() - 1)).isEqualTo("Passed on cpu, batch 16: every check.");
    }

    @Test
    void twoOfAResidualNetworkAreTwoOnTheProcessor() {
        int code = GpuCheck.execute("--device=cpu", "--quick", "--checks=sharing", "--networks=residual-cnn");

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern(
                        "\\| sharing \\| residual-cnn, two processes \\| passed \\| 2 steps, averaged after each through"
                                + " the ring: parameters differ by [0-9.e-]+ from two on the processor; ");
        assertThat(code).isZero();
    }

    /** On a GPU in EXCLUSIVE_PROCESS mode there is room for one of both. */
    @Test
    void nobodyHoldsLibtorchWhilePythonComputes() throws Exception {
        Path python = script("python", """
                [ "$1" = -c ] && exit
                held=$(cat /proc/$PPID/maps $(pgrep -P $PPID | sed 's:.*:/proc/&/maps:') 2>/dev/null | grep -c libtorch_cpu)
                for work in train predict; do echo "pytorch $2 $3 $4 contiguous $work $((held + 1)) 0"; done
                """);
        List<String> rows = new ArrayList<>();

        Child.of(
                        GpuCheckProcess.class,
                        List.of(
                                "--device=cpu",
                                "--quick",
                                "--precisions=float32",
                                "--checks=parity,speed",
                                "--networks=all-convolutional",
                                "--python=" + python))
                .run(rows::add);

        assertThat(rows)
                .filteredOn(row -> row.startsWith("| speed"))
                .hasSize(2)
                .allMatch(row -> row.contains(" images/s; PyTorch 1 (contiguous): ratio "));
    }

    /** A JVM that has loaded no libtorch for other tests. */
    static final class GpuCheckProcess {
        public static void main(String... args) {
            System.exit(GpuCheck.execute(args));
        }
    }

    @ParameterizedTest
    @CsvSource({"Default, false", "Exclusive_Process, true", "Prohibited, false"})
    void asksWhetherAGpuTakesOneProcessAlone(String mode, boolean exclusive) throws Exception {
        String others = exclusive ? "Default" : "Exclusive_Process";
        ComputeMode asked = new ComputeMode(script("nvidia-smi", "echo '1, " + others + "'; echo '0, " + mode + "'")
                .toString());

        assertThat(asked.isExclusive(Device.parse("0, GPU-x, X, 9.0, 580.95.05")))
                .isEqualTo(exclusive);
        assertThat(new ComputeMode("/no/such/nvidia-smi").isExclusive(Device.parse("0, GPU-x, X, 9.0, 580.95.05")))
                .isFalse();
    }

    @Test
    void whereAGpuTakesOneProcessTwoAreNotTriedAndNothingHasFailed() {
        List<Verdict> verdicts = new ArrayList<>();

        new Sharing(() -> true).run(null, verdicts::add);

        assertThat(verdicts)
                .extracting(Verdict::row)
                .containsExactly("| sharing | two processes | told | not possible in EXCLUSIVE_PROCESS mode (nvidia-smi"
                        + " --compute-mode=DEFAULT would allow it) |");
    }

    @Test
    void whatAChildHasToldTheUserToMendIsNoFailedCheck() {
        Check refused = new Check() {
            @Override
            public String name() {
                return "refused";
            }

            @Override
            public void run(Bench bench, Consumer<Verdict> verdicts) {
                Child.of(Refusing.class, List.of()).run();
            }
        };

        assertThatThrownBy(() -> GpuCheck.run(refused, null, verdict -> {})).matches(Child::isRefusal);
    }

    static final class Refusing {
        public static void main(String... args) {
            Child.run(() -> {
                throw new UserException("run gpu-check", "it is refused", "Do something else");
            });
        }
    }

    private Path script(String name, String content) throws IOException {
        Path script = folder.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + content + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    @ParameterizedTest
    @CsvSource({"7.5, FLOAT32", "8.0, FLOAT32 TF32 BF16", "9.0, FLOAT32 TF32 BF16"})
    void checksThePrecisionsThatTheGpuHas(String capability, String precisions) {
        Device gpu = Device.parse("0, GPU-x, X, " + capability + ", 580.95.05");

        assertThat(GpuCheck.precisions(true, Optional.of(gpu)))
                .extracting(Precision::name)
                .containsExactlyInAnyOrder(precisions.split(" "));
        assertThat(GpuCheck.precisions(false, Optional.empty()))
                .containsExactlyInAnyOrder(Precision.FLOAT32, Precision.BF16);
    }

    @Test
    void aCheckThatCannotGoOnHasFailed() {
        List<Verdict> verdicts = new ArrayList<>();

        GpuCheck.run(new BrokenCheck(), null, verdicts::add);

        assertThat(verdicts)
                .extracting(Verdict::row)
                .containsExactly(
                        "| broken | all of it | failed | ended by java.lang.IllegalStateException: CUDA error |");
    }

    private static final class BrokenCheck implements Check {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public void run(Bench bench, Consumer<Verdict> verdicts) {
            throw new IllegalStateException("CUDA error\nand more");
        }
    }

    @Test
    void keptImagesAreThoseGivenToTheDigit() {
        assertThat(Kept.verdict("x", "2 steps", 0, new float[] {1, 2}, new float[] {1, 2}))
                .returns(false, Verdict::failed);
        assertThat(Kept.verdict("x", "2 steps", 1e-9, new float[] {1, 2}, new float[] {1, 2}))
                .returns(true, Verdict::failed);
        assertThat(Kept.verdict("x", "2 steps", 0, new float[] {1, 2}, new float[] {1, 3}))
                .returns(true, Verdict::failed)
                .returns("2 steps: losses differ by 0.0e+00, parameters by 1.0e+00", Verdict::detail);
        assertThat(Kept.verdict("x", "2 steps", Double.NaN, new float[] {1, 2}, new float[] {1, 2}))
                .returns(true, Verdict::failed);
        assertThat(Kept.verdict("x", "2 steps", 0, new float[] {Float.NaN}, new float[] {Float.NaN}))
                .returns(true, Verdict::failed);
    }

    @Test
    void whatIsNoNumberIsNotDeterministic() {
        assertThat(Determinism.verdict("x", 2, new float[] {1, 2}, new float[] {1, 2}))
                .returns(false, Verdict::failed);
        assertThat(Determinism.verdict("x", 2, new float[] {1, 2}, new float[] {1, 3}))
                .returns(true, Verdict::failed)
                .returns("2 steps twice: parameters differ by 1.0", Verdict::detail);
        assertThat(Determinism.verdict("x", 2, new float[] {1, Float.NaN}, new float[] {1, Float.NaN}))
                .returns(true, Verdict::failed)
                .returns("2 steps twice: parameters are not finite", Verdict::detail);
    }

    /** In a folder where there is nothing to build. */
    @Test
    void theScriptSaysWithoutABuildWhatThisTakes() throws Exception {
        Path script = Files.copy(Path.of("src/bench/gpu-check"), folder.resolve("gpu-check"));
        Process process = new ProcessBuilder(script.toString(), "--device", "cpu", "--help")
                .redirectErrorStream(true)
                .start();
        String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(help).isZero();
        assertThat(help)
                .startsWith("All that engine torch has to do on a device")
                .doesNotContain("set -");
        GpuCheck.execute("--help");
        Set<String> ours = options(printed.toString(StandardCharsets.UTF_8));
        assertThat(ours).contains("--help", "--version", "--checks");
        ours.removeAll(List.of("--help", "--version"));
        ours.add("--pack");
        assertThat(options(help)).isEqualTo(ours);
        GpuCheck.execute("--checks", "none");
        Matcher names = Pattern.compile("Write one of (.+)\\.").matcher(complained.toString(StandardCharsets.UTF_8));
        assertThat(names.find()).isTrue();
        assertThat(help).contains(names.group(1).split(", "));
        assertThat(help).contains(Networks.NAMES);
    }

    private static Set<String> options(String help) {
        return Pattern.compile("--[a-z]+")
                .matcher(help)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--device tpu",
                "--device cpu --checks speeed",
                "--device cpu --networks lenet",
                "--device cpu --batch many",
                "--device cpu --batch 0",
                "--device cpu --batch 1",
                "--device cpu --batch 33",
                "--device cpu --rounds 0",
                "--device cpu --seconds -1",
                "--device cpu --precisions tf32",
                "--device cuda --checks libraries"
            })
    void refusesInALine(String words) {
        assertThat(GpuCheck.execute(words.split(" "))).isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(complained.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .matches("Cannot (run gpu-check|use device.backend = cuda): .+\\. .+\\.");
    }
}
