package io.github.sparkcnn.train;

import java.util.List;

/**
 * What an epoch of training came to.
 *
 * @param lossSum of every image's loss when it was seen
 * @param images seen
 * @param workers where each worker's time went; empty where the strategy does not tell
 */
public record EpochLoss(double lossSum, long images, List<WorkerTimes> workers) {

    public EpochLoss {
        workers = List.copyOf(workers);
    }

    /** The mean loss over the images. */
    public double mean() {
        return lossSum / images;
    }
}
