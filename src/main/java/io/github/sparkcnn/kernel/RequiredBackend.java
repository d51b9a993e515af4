package io.github.sparkcnn.kernel;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.device.Device;
import io.github.sparkcnn.device.DeviceAssignment;
import io.github.sparkcnn.device.DeviceAssignment.Assigned;
import io.github.sparkcnn.device.DeviceProbe;
import io.github.sparkcnn.device.NvidiaSmi;
import io.github.sparkcnn.kernel.BackendReport.KernelKind;
import java.util.List;
import java.util.Optional;

/** What was asked for is what computes, or the work does not begin. */
public final class RequiredBackend {

    private static final List<String> ON_ONEDNN = List.of(Engines.AUTO, Engines.ONEDNN);

    private RequiredBackend() {}

    /**
     * Wakes the natives of the driver, and says what computes there; where executors have the GPUs, that is the processor.
     *
     * @throws UserException where that is not {@code device.backend}
     */
    public static BackendReport wake(DeviceConfig device) {
        Engines.requireKnown(device);
        return planned(device, Kernels.wake(), CudaBinding.bound(), CudaChoice.here());
    }

    /**
     * The same where the driver does the work itself: with {@code device.backend = cuda} it needs a GPU, the first that it sees.
     *
     * @throws UserException where that is not {@code device.backend}
     */
    public static BackendReport wakeToCompute(DeviceConfig device) {
        if (device.onGpus() && CudaBinding.bound().isEmpty()) {
            bindFirst(device, new NvidiaSmi(), DeviceAssignment.cudaVisibleDevices(), CudaChoice.here());
        }
        return wake(device);
    }

    static void bindFirst(DeviceConfig device, DeviceProbe probe, Optional<String> visible, CudaChoice choice) {
        Assigned first = DeviceAssignment.first(probe.devices(), visible);
        choice.of(device.engine(), first.device());
        new CudaBinding().bind(first);
    }

    /**
     * Refuses a GPU of this machine that nothing here computes on, before anything is loaded.
     *
     * @throws UserException naming the GPU and what is missing
     */
    public static void requireUsable(DeviceConfig device, Device gpu) {
        CudaChoice.here().of(device.engine(), gpu);
    }

    /**
     * Refuses to average by NCCL, which libtorch calls, where another engine computes or on a part of a GPU.
     *
     * @param engine {@code device.engine}
     * @throws UserException naming the GPU
     */
    public static void requireNccl(String engine, Device gpu) {
        if (gpu.isSlice()) {
            throw withoutNccl(gpu + " is a slice that MIG has cut");
        }
        GpuBuild build = CudaChoice.named(engine, gpu);
        if (!build.equals(GpuBuild.TORCH)) {
            throw withoutNccl("on " + gpu + " " + build.title() + " computes, and NCCL is called by libtorch");
        }
    }

    private static UserException withoutNccl(String reason) {
        return new UserException("average by NCCL", reason, "Set device.averaging = ring");
    }

    /**
     * What will compute in this process.
     *
     * @param nd4j what ND4J runs on
     * @param bound the GPU that is this process's own
     */
    static BackendReport planned(DeviceConfig device, BackendReport nd4j, Optional<Assigned> bound, CudaChoice choice) {
        if (device.backend() == Backend.CPU && nd4j.isCuda()) {
            throw new UserException(
                    "use device.backend = cpu",
                    "ND4J runs on " + nd4j.backend(),
                    "Leave the CUDA jars out of --jars, or set device.backend = cuda");
        }
        if (device.backend() == Backend.CPU) {
            if (nd4j.kernels() == KernelKind.ONEDNN && ON_ONEDNN.contains(device.engine())) {
                Bfloat16.requireWhereAskedFor(device.precision());
            }
            return of(device.engine(), nd4j);
        }
        return bound.map(gpu -> of(chosen(device.engine(), gpu, nd4j, choice).engine(), nd4j.serving(gpu)))
                .orElseGet(() -> nd4j.noting("executors compute on GPUs"));
    }

    /**
     * The build for the GPU that is this process's own.
     *
     * @param engine {@code device.engine}
     * @param nd4j what ND4J runs on
     * @throws UserException naming GPU, driver and what is missing
     */
    static GpuBuild chosen(String engine, Assigned gpu, BackendReport nd4j, CudaChoice choice) {
        GpuBuild build = choice.of(engine, gpu.device());
        CudaChoice.requireNd4j(build, gpu.device(), nd4j);
        return build;
    }

    private static BackendReport of(String engine, BackendReport machine) {
        return switch (engine) {
            case Engines.TORCH -> machine.ofTorch("");
            case Engines.DL4J -> machine.ofLayers(machine.shortfall());
            default -> machine;
        };
    }
}
