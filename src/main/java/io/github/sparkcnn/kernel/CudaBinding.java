package io.github.sparkcnn.kernel;

import io.github.sparkcnn.device.Device;
import io.github.sparkcnn.device.DeviceAssignment.Assigned;
import io.github.sparkcnn.device.DeviceBinding;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Keeps the process on the GPU that is its own, in an executor the one that Spark assigned. CUDA's current device belongs to a thread, and
 * ND4J gives each new one the next device in turn, so every task sets it on its own thread. Never run on a GPU.
 */
public final class CudaBinding implements DeviceBinding {

    // Of the process, whatever class loader a task's classes come from.
    private static final String ORDINAL = "sparkcnn.cuda.ordinal";
    private static final String DEVICE = "sparkcnn.cuda.device";

    @Override
    public void bind(Assigned assigned) {
        System.setProperty(DEVICE, assigned.device().line());
        System.setProperty(ORDINAL, Integer.toString(assigned.ordinal()));
    }

    /** The GPU of this process; empty where none is bound. */
    public static Optional<Assigned> bound() {
        return Optional.ofNullable(Integer.getInteger(ORDINAL))
                .map(ordinal -> new Assigned(ordinal, Device.parse(System.getProperty(DEVICE))));
    }

    /** Puts the calling thread on the bound device, where one is bound. */
    static void applyToThisThread() {
        bound().ifPresent(gpu -> Nd4j.getAffinityManager().unsafeSetDevice(gpu.ordinal()));
    }
}
