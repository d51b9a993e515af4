package io.github.sparkcnn.kernel;

import io.github.sparkcnn.device.Device;
import io.github.sparkcnn.device.DeviceAssignment.Assigned;
import java.util.List;

/** GPUs that are not there, and what would have to be beside them. */
final class FakeGpus {

    static final Device H200 = Device.parse("1, GPU-h, NVIDIA H200, 9.0, 580.95.05");
    static final Device V100 = Device.parse("0, GPU-v, Tesla V100, 7.0, 470.57.02");

    private FakeGpus() {}

    static Device of(String capability) {
        return Device.parse("0, GPU-x, X, " + capability + ", 580.95.05");
    }

    /** The first that this process sees. */
    static Assigned bound(Device gpu) {
        return new Assigned(0, gpu);
    }

    /** A machine that has everything. */
    static CudaChoice everything() {
        return new CudaChoice(name -> true, libraries -> List.of());
    }

    /** One with these resources on the class path. */
    static CudaChoice onClassPath(String... names) {
        return new CudaChoice(List.of(names)::contains, libraries -> List.of());
    }

    /** One without these libraries. */
    static CudaChoice without(String... names) {
        return new CudaChoice(
                name -> true,
                libraries -> libraries.stream().filter(List.of(names)::contains).toList());
    }
}
