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
     * @param ordinal what {@code cudaSetDevice} takes; 0 for a slice of MIG's, of which CUDA shows a process one alone
     */
    public record Assigned(int ordinal, Device device) {

        /** What {@code CUDA_VISIBLE_DEVICES} has to be before CUDA wakes in this process; empty where it is what it has to be. */
        public Optional<String> onlyVisible() {
            return device.isSlice() ? Optional.of(device.uuid()) : Optional.empty();
        }

        /** The device as libtorch calls it, {@code cuda:0}. */
        public String name() {
            return "cuda:" + ordinal;
        }
    }

    /** What picks the devices that CUDA sees in this process: {@code CUDA_VISIBLE_DEVICES}, empty where it is not set. */
    public static Optional<String> cudaVisibleDevices() {
        return Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES"));
    }

    /**
     * The GPU for the address that Spark assigned to an executor. Where the cluster manager has already hidden all others, the
     * only visible device is meant, whatever Spark's address says; otherwise the address is the device's index (or UUID) on the
     * machine.
     *
     * @param cudaVisibleDevices the environment variable, empty where it is not set
     * @param addresses from Spark's resources: one, or none, and then only a single visible GPU will do
     * @throws UserException where no GPU can be seen, Spark assigned several, or the address means none
     */
    public static Assigned of(List<Device> all, Optional<String> cudaVisibleDevices, List<String> addresses) {
        List<Device> visible = visible(all, cudaVisibleDevices);
        if (addresses.size() > 1) {
            throw new UserException(
                    ACTION,
                    "Spark assigned the GPUs " + String.join(", ", addresses)
                            + " to one executor, and an executor computes on one",
                    "Set spark.executor.resource.gpu.amount = 1 and have an executor for every GPU");
        }
        return assigned(visible, visible.size() == 1 ? 0 : ordinal(visible, all, addresses));
    }

    /**
     * The GPU of a process that Spark assigns none to, such as the driver: the first that is visible.
     *
     * @param cudaVisibleDevices the environment variable, empty where it is not set
     * @throws UserException where no GPU can be seen
     */
    public static Assigned first(List<Device> all, Optional<String> cudaVisibleDevices) {
        return assigned(visible(all, cudaVisibleDevices), 0);
    }

    private static Assigned assigned(List<Device> visible, int ordinal) {
        Device device = visible.get(ordinal);
        return new Assigned(device.isSlice() ? 0 : ordinal, device);
    }

    private static List<Device> visible(List<Device> all, Optional<String> cudaVisibleDevices) {
        List<Device> visible = VisibleDevices.of(all, cudaVisibleDevices);
        if (visible.isEmpty()) {
            throw new UserException(
                    ACTION,
                    "this machine has no usable CUDA device ("
                            + (all.isEmpty() ? "nvidia-smi lists none" : "CUDA_VISIBLE_DEVICES hides " + names(all))
                            + ")",
                    "Set device.backend = cpu, or run on a machine with an NVIDIA GPU and its driver");
        }
        return visible;
    }

    private static int ordinal(List<Device> visible, List<Device> all, List<String> addresses) {
        if (addresses.isEmpty()) {
            throw new UserException(
                    ACTION,
                    "Spark assigned no GPU to this executor, and " + visible.size() + " are visible",
                    "Set spark.executor.resource.gpu.amount = 1 and spark.task.resource.gpu.amount = 1, or on a local master"
                            + " leave one visible by CUDA_VISIBLE_DEVICES");
        }
        String name = addresses.get(0);
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
