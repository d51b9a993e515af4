package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What computes on which GPU, and what is said where nothing does; no GPU is asked. */
class CudaChoiceTest {

    private static final String OR_CPU = ", or set device.backend = cpu.";

    @ParameterizedTest
    @CsvSource({
        "3.7, ND4J",
        "5.2, ND4J",
        "6.1, ND4J",
        "7.0, ND4J",
        "7.2, ND4J",
        "7.5, libtorch",
        "8.0, libtorch",
        "8.6, libtorch",
        "8.7, libtorch",
        "8.9, libtorch",
        "9.0, libtorch",
        "10.0, libtorch",
        "10.3, libtorch",
        "12.0, libtorch",
        "12.1, libtorch"
    })
    void theEngineIsTheChips(String capability, String title) {
        assertThat(FakeGpus.everything().of("auto", FakeGpus.of(capability)).title())
                .isEqualTo(title);
    }

    @Test
    void anEngineThatWasAskedForIsTakenWhereItHasCode() {
        assertThat(FakeGpus.everything().of("dl4j", FakeGpus.of("8.6"))).isEqualTo(GpuBuild.ND4J);
        assertThat(FakeGpus.everything().of("torch", FakeGpus.H200)).isEqualTo(GpuBuild.TORCH);
    }

    @ParameterizedTest
    @CsvSource({"3.5", "11.0", "13.0"})
    void aGpuThatNothingHasCodeForIsNamed(String capability) {
        assertRefused(
                FakeGpus.everything(),
                "auto",
                FakeGpus.of(capability),
                "GPU 0 (X, compute capability " + capability
                        + ", driver 580.95) is not one that there is machine code for"
                        + " (libtorch for 7.5, 8.0, 9.0, 10.0, 10.3, 12.0; ND4J for 3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5, 8.0, 8.6,"
                        + " and later ones of the same major number). Use a GPU of compute capability 3.7 to 12.0"
                        + OR_CPU);
    }

    @ParameterizedTest
    @CsvSource({"torch, 7.0, libtorch for 7.5, 7.5 to 12.0", "dl4j, 9.0, ND4J for 3.7, 3.7 to 8.9"})
    void soIsOneThatTheEngineWhichWasAskedForHasNoCodeFor(String engine, String capability, String code, String range) {
        assertThatThrownBy(() -> FakeGpus.everything().of(engine, FakeGpus.of(capability)))
                .hasMessageContaining("is not one that there is machine code for (" + code)
                .hasMessageContaining("Use a GPU of compute capability " + range);
    }

    @Test
    void aSliceIsLibtorchsAlone() {
        Device slice = Device.parse("0, MIG-c, NVIDIA A100 MIG 1g.5gb, 8.0, 580.95.05");

        assertThat(FakeGpus.everything().of("auto", slice)).isEqualTo(GpuBuild.TORCH);
        assertRefused(
                FakeGpus.everything(),
                "dl4j",
                slice,
                "MIG-c of GPU 0 (NVIDIA A100 MIG 1g.5gb, compute capability 8.0, driver 580.95) is a slice that MIG has cut, and"
                        + " ND4J takes whole GPUs. Set device.engine = torch" + OR_CPU);
    }

    @Test
    void anOldDriverIsNamed() {
        assertRefused(
                FakeGpus.everything(),
                "auto",
                Device.parse("0, GPU-l, NVIDIA L4, 8.9, 535.183.01"),
                "GPU 0 (NVIDIA L4, compute capability 8.9, driver 535.183) has too old a driver for libtorch, which needs 580.65"
                        + " or later. Update the driver" + OR_CPU);
        assertThatThrownBy(() -> FakeGpus.everything().of("auto", Device.parse("0, GPU-k, Tesla K80, 3.7, 440.33.01")))
                .hasMessageContaining("too old a driver for ND4J, which needs 450.80 or later");
    }

    @Test
    void aJarThatIsMissingIsNamed() {
        assertRefused(
                FakeGpus.onClassPath(),
                "auto",
                FakeGpus.H200,
                "for GPU 1 (NVIDIA H200, compute capability 9.0, driver 580.95) libtorch needs"
                        + " pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar, which is not on the class path. Add the jars in target/gpu"
                        + " of mvn -Pgpu package with --jars" + OR_CPU);
        assertRefused(
                FakeGpus.onClassPath(GpuBuild.TORCH.natives()),
                "auto",
                FakeGpus.V100,
                "for GPU 0 (Tesla V100, compute capability 7.0, driver 470.57) ND4J needs"
                        + " nd4j-cuda-11.6-1.0.0-M2.1-linux-x86_64-cudnn.jar, which is not on the class path. Add the jars in"
                        + " target/gpu-11 of mvn -Pgpu-11 package with --jars" + OR_CPU);
    }

    /** The jar that the tests themselves have. */
    @Test
    void libtorchsBuildForProcessorsIsNotTakenForOneForGpus() {
        CudaChoice here = new CudaChoice(
                CudaChoice.here().onClassPath(), FakeGpus.everything().missing());

        assertRefused(
                here,
                "torch",
                FakeGpus.H200,
                "for GPU 1 (NVIDIA H200, compute capability 9.0, driver 580.95) libtorch needs"
                        + " pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar, and on the class path is its build for processors. Add the"
                        + " jars in target/gpu of mvn -Pgpu package with --jars" + OR_CPU);
    }

    @Test
    void librariesThatAreMissingAreNamed() {
        assertRefused(
                FakeGpus.without("libcudart.so.13", "libcudnn.so.9"),
                "auto",
                FakeGpus.H200,
                "for GPU 1 (NVIDIA H200, compute capability 9.0, driver 580.95) libtorch needs libcudart.so.13, libcudnn.so.9,"
                        + " which the system does not find. Install CUDA 13, cuDNN 9 and NCCL 2, name their folders in"
                        + " LD_LIBRARY_PATH" + OR_CPU);
        assertThatThrownBy(() -> FakeGpus.without("libcudnn.so.8").of("auto", FakeGpus.V100))
                .hasMessageContaining(
                        "ND4J needs libcudnn.so.8, which the system does not find. Install CUDA 11.6 and cuDNN 8");
    }

    @Test
    void anEngineOfTheProcessorIsNone() {
        assertThatThrownBy(() -> FakeGpus.everything().of("onednn", FakeGpus.H200))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use the configuration: device.engine is onednn, which computes on the processor, and"
                                + " device.backend is cuda. Set device.engine to auto, torch or dl4j" + OR_CPU);
    }

    private static void assertRefused(CudaChoice choice, String engine, Device gpu, String message) {
        assertThatThrownBy(() -> choice.of(engine, gpu))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use device.backend = cuda: " + message);
    }
}
