package io.github.sparkcnn.kernel;

import io.github.sparkcnn.device.DeviceAssignment;
import io.github.sparkcnn.device.DeviceBinding;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Keeps the executor's threads on the GPU that Spark assigned. CUDA's current device belongs to a thread, and ND4J gives each
 * new one the next device in turn, so every task sets it on its own thread. Never run on a GPU.
 */
public final class CudaBinding implements DeviceBinding {

    private static final String ORDINAL = "sparkcnn.cuda.ordinal";

    @Override
    public void bind(DeviceAssignment.Assigned assigned) {
        System.setProperty(ORDINAL, Integer.toString(assigned.ordinal()));
    }

    /** Puts the calling thread on the bound device, where one is bound. */
    static void applyToThisThread() {
        Integer ordinal = Integer.getInteger(ORDINAL);
        if (ordinal != null) {
            Nd4j.getAffinityManager().unsafeSetDevice(ordinal);
        }
    }
}
