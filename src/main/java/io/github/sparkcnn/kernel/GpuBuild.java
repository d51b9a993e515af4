package io.github.sparkcnn.kernel;

import io.github.sparkcnn.device.ComputeCapability;
import io.github.sparkcnn.device.DriverVersion;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;

/**
 * An engine's build for GPUs: which it has machine code for (none has PTX that a driver could compile for others), and what it needs on their
 * machine.
 *
 * @param engine {@code device.engine}
 * @param title in messages
 * @param code the generations that there is machine code for
 * @param driver the oldest that it runs on
 * @param toolkit what has to be installed beside the driver
 * @param natives a resource that is on the class path where the jar is
 * @param profile of Maven, which fetches the jars
 * @param libraries of the system that it is linked with, by file name
 */
record GpuBuild(
        String engine,
        String title,
        List<ComputeCapability> code,
        DriverVersion driver,
        String toolkit,
        String natives,
        String jar,
        String profile,
        List<String> libraries) {

    /** Code as in the jar's fat binaries, libraries as its ELF files name them. */
    static final GpuBuild TORCH = new GpuBuild(
            Engines.TORCH,
            "libtorch",
            capabilities("7.5", "8.0", "9.0", "10.0", "10.3", "12.0"),
            DriverVersion.parse("580.65"),
            "CUDA 13, cuDNN 9 and NCCL 2",
            "org/bytedeco/pytorch/linux-x86_64-gpu/libtorch_cuda.so",
            "pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar",
            "gpu",
            List.of(
                    "libcuda.so.1",
                    "libcudart.so.13",
                    "libcublas.so.13",
                    "libcublasLt.so.13",
                    "libcudnn.so.9",
                    "libcufft.so.12",
                    "libcurand.so.10",
                    "libcusparse.so.12",
                    "libcusolver.so.12",
                    "libcufile.so.0",
                    "libcupti.so.13",
                    "libnccl.so.2"));

    /** Code as in the jar, driver and libraries as NVIDIA says of all of CUDA 11. */
    static final GpuBuild ND4J = new GpuBuild(
            Engines.DL4J,
            "ND4J",
            capabilities("3.7", "5.0", "5.2", "6.0", "6.1", "7.0", "7.5", "8.0", "8.6"),
            DriverVersion.parse("450.80"),
            "CUDA 11.6 and cuDNN 8",
            "org/nd4j/linalg/jcublas/bindings/linux-x86_64-cudnn/libjnind4jcuda.so",
            "nd4j-cuda-11.6-1.0.0-M2.1-linux-x86_64-cudnn.jar",
            "gpu-11",
            List.of(
                    "libcuda.so.1",
                    "libcudart.so.11.0",
                    "libcublas.so.11",
                    "libcublasLt.so.11",
                    "libcusolver.so.11",
                    "libcusparse.so.11",
                    "libcudnn.so.8"));

    /** All, the ones to be preferred first. */
    static final List<GpuBuild> ALL = List.of(TORCH, ND4J);

    private static List<ComputeCapability> capabilities(String... texts) {
        return List.of(texts).stream().map(ComputeCapability::parse).toList();
    }

    /** Whether there is machine code for it. */
    boolean covers(ComputeCapability chip) {
        return code.stream().anyMatch(chip::runs);
    }

    /** The generations that there is machine code for. */
    String generations() {
        return code.stream().map(ComputeCapability::toString).collect(Collectors.joining(", "));
    }

    /**
     * Has JavaCPP find it. ND4J's natives, which have to be loaded by then, have told JavaCPP to look for builds of an extension of theirs
     * alone.
     */
    void letBeFound() {
        if (equals(TORCH)) {
            Loader.loadProperties().setProperty("platform.extension", "-gpu");
        }
    }
}
