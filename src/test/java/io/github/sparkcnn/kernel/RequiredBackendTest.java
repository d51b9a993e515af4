package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.device.ComputeCapability;
import io.github.sparkcnn.device.Device;
import io.github.sparkcnn.kernel.BackendReport.KernelKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequiredBackendTest {

    private static final Device A100 = new Device(0, "GPU-a", "A100", ComputeCapability.parse("8.0"));
    private static final Device H200 = new Device(0, "GPU-h", "H200", ComputeCapability.parse("9.0"));

    @Test
    void takesWhatWasAskedFor() {
        assertThatCode(() -> require("cpu", "CPU")).doesNotThrowAnyException();
        assertThatCode(() -> require("cuda", "CUDA", A100)).doesNotThrowAnyException();
    }

    @Test
    void refusesCudaWithoutADevice() {
        assertThatThrownBy(() -> require("cuda", "CPU"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use device.backend = cuda: this machine has no usable CUDA device");
    }

    @Test
    void refusesADeviceThatTheBuildHasNoCodeFor() {
        assertThatThrownBy(() -> require("cuda", "CUDA", H200))
                .hasMessageContaining("H200")
                .hasMessageContaining("9.0");
    }

    @Test
    void refusesTheCpuWhereCudaWasAskedForAndTheOtherWayRound() {
        assertThatThrownBy(() -> require("cuda", "CPU", A100)).hasMessageContaining("ND4J runs on CPU");
        assertThatThrownBy(() -> require("cpu", "CUDA", A100)).hasMessageContaining("ND4J runs on CUDA");
    }

    private static void require(String asked, String got, Device... devices) {
        DeviceConfig device = ConfigurationReader.read("test", "device.backend = " + asked, List.of())
                .device();
        BackendReport report = new BackendReport(got, "avx512", KernelKind.ONEDNN, "3.11.0", 2, "");
        RequiredBackend.require(device, report, () -> List.of(devices), Optional.empty());
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
