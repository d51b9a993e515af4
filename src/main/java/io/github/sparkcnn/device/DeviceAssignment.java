package io.github.sparkcnn.device;

import io.github.sparkcnn.UserException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the CUDA ordinal of the one GPU that is an executor's (or a worker's) own. */
public final class DeviceAssignment {
    private static final String ACTION = "use device.backend = cuda";

    private DeviceAssignment() {}

    /**
     * A device and the ordinal under which CUDA in this process knows it.
     *
     * @param ordinal what {@code cudaSetDevice} takes
     */
    public record Assigned(int ordinal, Device device) {}

    /**
     * The GPU for an address that Spark assigned. Where the cluster manager has already hidden all others, the only visible
     * device is meant, whatever Spark's address says; otherwise the address is the device's index (or UUID) on the machine.
     *
     * @param cudaVisibleDevices the environment variable, empty where it is not set
     * @param address from Spark's resources; empty where Spark assigned none: then only a single visible GPU will do
     * @throws UserException where no GPU can be seen, the address means none, or the build has no code for it
     */
    public static Assigned of(List<Device> all, Optional<String> cudaVisibleDevices, Optional<String> address) {
        List<Device> visible = VisibleDevices.of(all, cudaVisibleDevices);
        if (visible.isEmpty()) {
            throw new UserException(
                    ACTION,
                    "this machine has no usable CUDA device ("
                            + (all.isEmpty() ? "nvidia-smi lists none" : "CUDA_VISIBLE_DEVICES hides " + names(all))
                            + ")",
                    "Set device.backend = cpu, or run on a machine with an NVIDIA GPU and its driver");
        }
        int ordinal = visible.size() == 1 ? 0 : ordinal(visible, all, address);
        Device device = visible.get(ordinal);
        requireCode(device);
        return new Assigned(ordinal, device);
    }

    /** Throws the UserException that names both, device and build, if the build cannot run on the device. */
    public static void requireCode(Device device) {
        if (!device.capability().runsTheBuild()) {
            throw new UserException(
                    ACTION,
                    device + " is not one that this build has machine code for ("
                            + ComputeCapability.BUILT.stream()
                                    .map(ComputeCapability::toString)
                                    .collect(Collectors.joining(", "))
                            + ", and later ones of the same major number)",
                    "Set device.backend = cpu, or use a GPU of compute capability 3.7 to 8.9");
        }
    }

    private static int ordinal(List<Device> visible, List<Device> all, Optional<String> address) {
        String name = address.orElseThrow(() -> new UserException(
                ACTION,
                "Spark assigned no GPU to this executor, and " + visible.size() + " are visible",
                "Set spark.executor.resource.gpu.amount = 1 and spark.task.resource.gpu.amount = 1"));
        return VisibleDevices.find(all, name)
                .map(visible::indexOf)
                .filter(ordinal -> ordinal >= 0)
                .orElseThrow(() -> new UserException(
                        ACTION,
                        "Spark assigned GPU " + name + ", but visible are " + names(visible),
                        "Make spark.executor.resource.gpu.discoveryScript and CUDA_VISIBLE_DEVICES agree"));
    }

    private static String names(List<Device> devices) {
        return devices.stream().map(Device::toString).collect(Collectors.joining(", "));
    }
}
