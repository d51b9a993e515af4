package io.github.sparkcnn.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What CUDA in this process sees: the value of {@code CUDA_VISIBLE_DEVICES} picks and reorders the machine's devices, and
 * their places in it are the ordinals that CUDA counts by.
 */
final class VisibleDevices {

    private VisibleDevices() {}

    /** The devices by ordinal. As in CUDA, the first name that means nothing hides itself and all that follow. */
    static List<Device> of(List<Device> all, Optional<String> cudaVisibleDevices) {
        if (cudaVisibleDevices.isEmpty()) {
            return all;
        }
        List<Device> visible = new ArrayList<>();
        for (String name : cudaVisibleDevices.get().split(",", -1)) {
            Optional<Device> device = find(all, name.strip());
            if (device.isEmpty()) {
                break;
            }
            visible.add(device.get());
        }
        return visible;
    }

    static Optional<Device> find(List<Device> all, String name) {
        return all.stream()
                .filter(device -> name.equals(Integer.toString(device.index()))
                        || (name.startsWith("GPU-") && device.uuid().startsWith(name)))
                .findFirst();
    }
}
