package io.github.sparkcnn.kernel;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.device.DeviceAssignment;
import io.github.sparkcnn.device.DeviceProbe;
import io.github.sparkcnn.device.NvidiaSmi;
import java.util.Optional;

/** What was asked for is what computes, or the work does not begin. */
public final class RequiredBackend {

    private RequiredBackend() {}

    /**
     * Wakes the natives of the driver, and says what computes there.
     *
     * @throws UserException where that is not {@code device.backend}
     */
    public static BackendReport wake(DeviceConfig device) {
        Engines.requireKnown(device);
        BackendReport report = Kernels.wake();
        require(device, report, new NvidiaSmi(), DeviceAssignment.cudaVisibleDevices());
        return report;
    }

    /**
     * Refuses {@code device.backend = cuda} where the driver has no GPU that the build runs on, or ND4J did not take it.
     *
     * @param visible {@code CUDA_VISIBLE_DEVICES}
     */
    static void require(DeviceConfig device, BackendReport report, DeviceProbe probe, Optional<String> visible) {
        if (device.backend() == Backend.CUDA) {
            // Names what is missing: a device, or machine code for it.
            DeviceAssignment.first(probe.devices(), visible);
        }
        boolean isCuda = report.isCuda();
        if (isCuda != (device.backend() == Backend.CUDA)) {
            throw new UserException(
                    "use device.backend = " + (isCuda ? "cpu" : "cuda"),
                    "ND4J runs on " + report.backend(),
                    isCuda
                            ? "Leave the CUDA jars out of --jars, or set device.backend = cuda"
                            : "Add the jars in target/gpu of mvn -Pgpu package with --jars, or set device.backend ="
                                    + " cpu");
        }
    }
}
