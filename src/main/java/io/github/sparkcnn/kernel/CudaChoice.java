package io.github.sparkcnn.kernel;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.device.Device;
import io.github.sparkcnn.device.SharedLibraries;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Finds what computes on a GPU, or says what is missing: libtorch where it has machine code for the GPU, ND4J's CUDA backend where only that
 * has. Asks before anything is loaded: libtorch's build for GPUs, where a library of CUDA's is missing, goes on without and computes on the
 * processor.
 *
 * @param onClassPath whether there is a resource of that name
 * @param missing of libraries, by file name, those that the machine does not have
 */
record CudaChoice(Predicate<String> onClassPath, UnaryOperator<List<String>> missing) {

    private static final String ACTION = "use device.backend = cuda";
    private static final String OR_CPU = ", or set device.backend = cpu";
    private static final String CPU_NATIVES = "org/bytedeco/pytorch/linux-x86_64/libtorch_cpu.so";

    /** That of this process. */
    static CudaChoice here() {
        ClassLoader loader = CudaChoice.class.getClassLoader();
        return new CudaChoice(
                name -> loader.getResource(name) != null,
                names -> SharedLibraries.here().missing(names));
    }

    /**
     * The build for a GPU.
     *
     * @param engine {@code device.engine}
     * @throws UserException naming GPU, driver and what is missing
     */
    GpuBuild of(String engine, Device gpu) {
        GpuBuild build = named(engine, gpu);
        requireWhole(build, gpu);
        requireDriver(build, gpu);
        requireJar(build, gpu);
        requireLibraries(build, gpu);
        return build;
    }

    /** Refuses an engine that computes on the processor only. */
    static void requireEngine(String engine) {
        if (!engine.equals(Engines.AUTO)
                && GpuBuild.ALL.stream().noneMatch(build -> build.engine().equals(engine))) {
            throw new UserException(
                    "use the configuration",
                    "device.engine is " + engine + ", which computes on the processor, and device.backend is cuda",
                    "Set device.engine to auto, torch or dl4j" + OR_CPU);
        }
    }

    /** The build that has machine code for a GPU, whatever else it needs. */
    static GpuBuild named(String engine, Device gpu) {
        requireEngine(engine);
        List<GpuBuild> builds = GpuBuild.ALL.stream()
                .filter(build -> engine.equals(Engines.AUTO) || build.engine().equals(engine))
                .toList();
        return builds.stream()
                .filter(build -> build.covers(gpu.capability()))
                .findFirst()
                .orElseThrow(() -> uncovered(builds, gpu));
    }

    private static UserException uncovered(List<GpuBuild> builds, Device gpu) {
        List<String> code = builds.stream()
                .map(build -> build.title() + " for " + build.generations())
                .toList();
        return new UserException(
                ACTION,
                gpu + " is not one that there is machine code for (" + String.join("; ", code)
                        + ", and later ones of the same major number)",
                "Use a GPU of compute capability " + (builds.contains(GpuBuild.ND4J) ? "3.7" : "7.5") + " to "
                        + (builds.contains(GpuBuild.TORCH) ? "12.0" : "8.9") + OR_CPU);
    }

    /** Only libtorch is told which slice is this process's own. */
    private static void requireWhole(GpuBuild build, Device gpu) {
        if (gpu.isSlice() && build.equals(GpuBuild.ND4J)) {
            throw new UserException(
                    ACTION,
                    gpu + " is a slice that MIG has cut, and " + build.title() + " takes whole GPUs",
                    "Set device.engine = torch" + OR_CPU);
        }
    }

    private static void requireDriver(GpuBuild build, Device gpu) {
        if (gpu.driver().compareTo(build.driver()) < 0) {
            throw new UserException(
                    ACTION,
                    gpu + " has too old a driver for " + build.title() + ", which needs " + build.driver()
                            + " or later",
                    "Update the driver" + OR_CPU);
        }
    }

    private void requireJar(GpuBuild build, Device gpu) {
        if (!onClassPath.test(build.natives())) {
            boolean isForProcessors = build.equals(GpuBuild.TORCH) && onClassPath.test(CPU_NATIVES);
            throw new UserException(
                    ACTION,
                    "for " + gpu + " " + build.title() + " needs " + build.jar()
                            + (isForProcessors
                                    ? ", and on the class path is its build for processors"
                                    : ", which is not on the class path"),
                    "Add the jars in target/" + build.profile() + " of mvn -P" + build.profile()
                            + " package with --jars" + OR_CPU);
        }
    }

    private void requireLibraries(GpuBuild build, Device gpu) {
        List<String> lacking = missing.apply(build.libraries());
        if (!lacking.isEmpty()) {
            throw new UserException(
                    ACTION,
                    "for " + gpu + " " + build.title() + " needs " + String.join(", ", lacking)
                            + ", which the system does not find",
                    "Install " + build.toolkit() + ", name their folders in LD_LIBRARY_PATH" + OR_CPU);
        }
    }

    /** Refuses ND4J on the processor where it has to be on the GPU, and on the GPU where libtorch is. */
    static void requireNd4j(GpuBuild build, Device gpu, BackendReport nd4j) {
        if (build.equals(GpuBuild.ND4J) && !nd4j.isCuda()) {
            throw new UserException(
                    ACTION,
                    "for " + gpu + " ND4J has to run on CUDA, and runs on " + nd4j.backend(),
                    "Look at what it says when it starts" + OR_CPU);
        }
        if (build.equals(GpuBuild.TORCH) && nd4j.isCuda()) {
            throw new UserException(
                    ACTION,
                    "for " + gpu + " libtorch computes, beside which ND4J has to run on CPU, and runs on CUDA",
                    "Leave the jars of nd4j-cuda out of --jars");
        }
    }
}
