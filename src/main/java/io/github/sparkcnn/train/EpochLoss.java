package io.github.sparkcnn.train;

import io.github.sparkcnn.track.WorkerDevice;
import java.util.List;

/**
 * What an epoch of training came to.
 *
 * @param lossSum of every image's loss when it was seen
 * @param images seen
 * @param workers where each worker's time went; empty where the strategy does not tell
 * @param devices what each worker computed on; empty where the strategy does not tell
 * @param failures why the epoch was begun again, once for each time
 */
public record EpochLoss(
        double lossSum, long images, List<WorkerTimes> workers, List<WorkerDevice> devices, List<String> failures) {

    public EpochLoss {
        workers = List.copyOf(workers);
        devices = List.copyOf(devices);
        failures = List.copyOf(failures);
    }

    /** The mean loss over the images. */
    public double mean() {
        return lossSum / images;
    }
}
