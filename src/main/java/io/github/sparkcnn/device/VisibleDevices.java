package io.github.sparkcnn.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What CUDA in this process sees: the value of {@code CUDA_VISIBLE_DEVICES} picks and reorders the machine's devices, and
 * their places in it are the ordinals that CUDA counts by. Beside a slice of MIG's it shows no whole GPU.
 */
final class VisibleDevices {

    private VisibleDevices() {}

    /** The devices in order. As in CUDA, the first name that means nothing hides itself and all that follow. */
    static List<Device> of(List<Device> all, Optional<String> cudaVisibleDevices) {
        List<Device> visible =
                cudaVisibleDevices.map(names -> named(all, names)).orElse(all);
        List<Device> slices = visible.stream().filter(Device::isSlice).toList();
        return slices.isEmpty() ? visible : slices;
    }

    private static List<Device> named(List<Device> all, String names) {
        List<Device> named = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            Optional<Device> device = find(all, name.strip());
            if (device.isEmpty()) {
                break;
            }
            named.add(device.get());
        }
        return named;
    }

    /** By index, which of a GPU in slices means the first, or by the beginning of the UUID. */
    static Optional<Device> find(List<Device> all, String name) {
        boolean isUuid = name.startsWith("GPU-") || name.startsWith("MIG-");
        return all.stream()
                .filter(device -> name.equals(Integer.toString(device.index()))
                        || (isUuid && device.uuid().startsWith(name)))
                .findFirst();
    }
}
