package io.github.sparkcnn.kernel;

import io.github.sparkcnn.device.ComputeCapability;
import io.github.sparkcnn.device.DriverVersion;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;

/**
 * The builds of engines for GPUs: which GPUs each has machine code for (neither has PTX that a driver could compile for others), and what it
 * needs on their machine.
 */
enum CudaBuild {
    /** {@code pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar}: code as in its fat binaries, libraries as its ELF files name them. */
    TORCH(
            Engines.TORCH,
            "libtorch",
            "7.5, 8.0, 9.0, 10.0, 10.3, 12.0",
            "580.65",
            "CUDA 13, cuDNN 9 and NCCL 2",
            "org/bytedeco/pytorch/linux-x86_64-gpu/libtorch_cuda.so",
            "pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar",
            "gpu",
            "libcuda.so.1, libcudart.so.13, libcublas.so.13, libcublasLt.so.13, libcudnn.so.9, libcufft.so.12, libcurand.so.10,"
                    + " libcusparse.so.12, libcusolver.so.12, libcufile.so.0, libcupti.so.13, libnccl.so.2"),
    /** {@code nd4j-cuda-11.6-1.0.0-M2.1-linux-x86_64-cudnn.jar}: driver and libraries as NVIDIA says of all of CUDA 11. */
    ND4J(
            Engines.DL4J,
            "ND4J",
            "3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5, 8.0, 8.6",
            "450.80",
            "CUDA 11.6 and cuDNN 8",
            "org/nd4j/linalg/jcublas/bindings/linux-x86_64-cudnn/libjnind4jcuda.so",
            "nd4j-cuda-11.6-1.0.0-M2.1-linux-x86_64-cudnn.jar",
            "gpu-11",
            "libcuda.so.1, libcudart.so.11.0, libcublas.so.11, libcublasLt.so.11, libcusolver.so.11, libcusparse.so.11,"
                    + " libcudnn.so.8");

    private final String engine;
    private final String title;
    private final List<ComputeCapability> code;
    private final DriverVersion driver;
    private final String toolkit;
    private final String natives;
    private final String jar;
    private final String profile;
    private final List<String> libraries;

    CudaBuild(
            String engine,
            String title,
            String code,
            String driver,
            String toolkit,
            String natives,
            String jar,
            String profile,
            String libraries) {
        this.engine = engine;
        this.title = title;
        this.code =
                List.of(code.split(", ")).stream().map(ComputeCapability::parse).toList();
        this.driver = DriverVersion.parse(driver);
        this.toolkit = toolkit;
        this.natives = natives;
        this.jar = jar;
        this.profile = profile;
        this.libraries = List.of(libraries.split(", "));
    }

    /** {@code device.engine}. */
    String engine() {
        return engine;
    }

    String title() {
        return title;
    }

    /** Whether there is machine code for it. */
    boolean covers(ComputeCapability chip) {
        return code.stream().anyMatch(chip::runs);
    }

    /** The generations that there is machine code for. */
    String generations() {
        return code.stream().map(ComputeCapability::toString).collect(Collectors.joining(", "));
    }

    /** The oldest driver that it runs on. */
    DriverVersion driver() {
        return driver;
    }

    /** What a machine has to have installed beside the driver. */
    String toolkit() {
        return toolkit;
    }

    /** A resource that is on the class path where its jar is. */
    String natives() {
        return natives;
    }

    String jar() {
        return jar;
    }

    /** Of Maven, which fetches the jars. */
    String profile() {
        return profile;
    }

    /** The libraries of the system that it is linked with, by file name. */
    List<String> libraries() {
        return libraries;
    }

    /**
     * Has JavaCPP find it. ND4J's natives, which have to be loaded by then, have told JavaCPP to look for builds of an extension of theirs
     * alone.
     */
    void letBeFound() {
        if (this == TORCH) {
            Loader.loadProperties().setProperty("platform.extension", "-gpu");
        }
    }
}
