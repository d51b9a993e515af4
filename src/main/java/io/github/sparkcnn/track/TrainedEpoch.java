package io.github.sparkcnn.track;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What an epoch of training came to, before it is evaluated: of all workers, or of one of them.
 *
 * @param lossSum of every image's loss when it was seen
 * @param images seen
 * @param curve how the loss went within it; empty where no points are kept
 * @param seconds from its beginning to its end
 * @param workers where each worker's time went; empty where the strategy does not tell
 * @param devices what each worker computed on; empty where the strategy does not tell
 * @param failures why the epoch was begun again, once for each time
 */
public record TrainedEpoch(
        double lossSum,
        long images,
        List<LossPoint> curve,
        double seconds,
        List<WorkerTimes> workers,
        List<WorkerDevice> devices,
        List<String> failures)
        implements Serializable {

    public TrainedEpoch {
        curve = List.copyOf(curve);
        workers = List.copyOf(workers);
        devices = List.copyOf(devices);
        failures = List.copyOf(failures);
    }

    /** The same of an epoch that had been begun before, and had failed for these reasons. */
    public TrainedEpoch after(List<String> earlier) {
        List<String> all = new ArrayList<>(earlier);
        all.addAll(failures);
        return new TrainedEpoch(lossSum, images, curve, seconds, workers, devices, all);
    }

    /** The mean loss over the images. */
    public double mean() {
        return lossSum / images;
    }
}
