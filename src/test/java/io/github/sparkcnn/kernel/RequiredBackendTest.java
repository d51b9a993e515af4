package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.device.Device;
import io.github.sparkcnn.device.DeviceAssignment.Assigned;
import io.github.sparkcnn.kernel.BackendReport.KernelKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredBackendTest {

    private static final BackendReport ON_CPU = new BackendReport("CPU", "avx512", KernelKind.ONEDNN, "3.11.0", 2, "");
    private static final BackendReport ON_CUDA = new BackendReport("CUDA", "plain", KernelKind.HELPERS, "", 2, "");

    @ParameterizedTest
    @CsvSource({
        "auto,   'CPU (avx512 natives), kernels onednn 3.11.0, 2 processors'",
        "onednn, 'CPU (avx512 natives), kernels onednn 3.11.0, 2 processors'",
        "dl4j,   'CPU (avx512 natives), kernels helpers, 2 processors'",
        "torch,  'CPU (libtorch natives), kernels torch, 2 processors'",
    })
    void namesTheKernelsThatWereAskedFor(String engine, String said) {
        assertThat(planned("cpu", engine, ON_CPU, Optional.empty())).hasToString(said);
    }

    @Test
    void aDriverWhoseExecutorsHaveTheGpusNeedsNone() {
        assertThat(planned("cuda", "torch", ON_CPU, Optional.empty()))
                .hasToString("CPU (avx512 natives), kernels onednn 3.11.0, 2 processors; executors compute on GPUs");
    }

    @Test
    void aDriverWithAGpuSaysWhich() {
        BackendReport report = planned("cuda", "auto", ON_CPU, Optional.of(FakeGpus.H200));

        assertThat(report)
                .hasToString("CUDA (libtorch natives), kernels torch, 2 processors;"
                        + " GPU 1 (NVIDIA H200, compute capability 9.0, driver 580.95)");
        assertThat(report.device()).isEqualTo("cuda:0");
        assertThat(planned("cuda", "auto", ON_CUDA, Optional.of(FakeGpus.V100)))
                .hasToString("CUDA (plain natives), kernels helpers, 2 processors;"
                        + " GPU 0 (Tesla V100, compute capability 7.0, driver 470.57)");
    }

    @Test
    void nd4jIsOnTheGpuWhereItComputesAndNowhereElse() {
        assertThatThrownBy(() -> planned("cuda", "auto", ON_CPU, Optional.of(FakeGpus.V100)))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use device.backend = cuda: for GPU 0 (Tesla V100, compute capability 7.0, driver 470.57) ND4J"
                                + " has to run on CUDA, and runs on CPU. Look at what it says when it starts, or set device.backend ="
                                + " cpu.");
        assertThatThrownBy(() -> planned("cuda", "auto", ON_CUDA, Optional.of(FakeGpus.H200)))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use device.backend = cuda: for GPU 1 (NVIDIA H200, compute capability 9.0, driver 580.95)"
                                + " libtorch computes, beside which ND4J has to run on CPU, and runs on CUDA. Leave the jars of nd4j-cuda"
                                + " out of --jars.");
        assertThatThrownBy(() -> planned("cpu", "auto", ON_CUDA, Optional.empty()))
                .hasMessage(
                        "Cannot use device.backend = cpu: ND4J runs on CUDA. Leave the CUDA jars out of --jars, or set"
                                + " device.backend = cuda.");
    }

    @Test
    void aDriverThatTrainsItselfNeedsAGpu() {
        DeviceConfig cuda = device("cuda", "auto");
        assertThatThrownBy(() -> RequiredBackend.bindFirst(cuda, List::of, Optional.empty(), FakeGpus.everything()))
                .hasMessageStartingWith("Cannot use device.backend = cuda: this machine has no usable CUDA device");
        assertThatThrownBy(() -> RequiredBackend.bindFirst(
                        cuda, () -> List.of(FakeGpus.H200), Optional.empty(), FakeGpus.onClassPath()))
                .hasMessageContaining("linux-x86_64-gpu.jar");
        assertThat(CudaBinding.bound()).isEmpty();
    }

    @Test
    void whatIsBoundIsKnownToTheProcess() {
        try {
            new CudaBinding().bind(new Assigned(3, FakeGpus.H200));

            assertThat(CudaBinding.bound()).contains(new Assigned(3, FakeGpus.H200));
        } finally {
            System.clearProperty("sparkcnn.cuda.ordinal");
            System.clearProperty("sparkcnn.cuda.device");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "device.engine = onednn | Cannot use the configuration: device.engine is onednn, which computes on the processor",
                "device.engine = dl4j, device.precision = bf16 | Cannot use device.precision = bf16: dl4j computes in float32.",
                "device.engine = dl4j, device.averaging = nccl | Cannot use the configuration: device.averaging is nccl, which"
                        + " libtorch calls, and device.engine is dl4j. Set device.averaging = ring, or device.engine to auto or torch.",
            })
    void refusesWhatAGpuCannotDoFromTheConfigurationAlone(String settings, String message) {
        DeviceConfig device = ConfigurationReader.read("test", "device.backend = cuda, " + settings, List.of())
                .device();
        assertThatThrownBy(() -> Engines.requireKnown(device)).hasMessageStartingWith(message);
    }

    @Test
    void theEngineOfAGpuIsNotTheProcessors() {
        assertThatCode(() -> Engines.requireKnown(
                        ConfigurationReader.read("test", "device.backend = cuda, device.precision = tf32", List.of())
                                .device()))
                .doesNotThrowAnyException();
    }

    private static BackendReport planned(String backend, String engine, BackendReport nd4j, Optional<Device> gpu) {
        return RequiredBackend.planned(device(backend, engine), nd4j, gpu.map(FakeGpus::bound), FakeGpus.everything());
    }

    private static DeviceConfig device(String backend, String engine) {
        return ConfigurationReader.read(
                        "test", "device.backend = " + backend + ", device.engine = " + engine, List.of())
                .device();
    }

    @Test
    void nativesThatTheSystemWillNotLoadAreTheUsersMistake() {
        Throwable hidden = new RuntimeException(
                "ND4J is probably missing dependencies",
                new UnsatisfiedLinkError("/tmp/.javacpp/cache/libx.so: failed to map segment from shared object"));

        assertThat(Kernels.failure(hidden))
                .hasValueSatisfying(failure -> assertThat(failure)
                        .hasMessage(
                                "Cannot load the native libraries: /tmp/.javacpp/cache/libx.so: failed to map segment from shared"
                                        + " object. Name a folder from which programs may be run with -Dorg.bytedeco.javacpp.cachedir=DIR in"
                                        + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions."));
        assertThat(Kernels.failure(new IllegalStateException("another"))).isEmpty();
    }
}
