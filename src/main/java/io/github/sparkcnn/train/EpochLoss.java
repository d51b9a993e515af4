package io.github.sparkcnn.train;

/**
 * What an epoch of training came to.
 *
 * @param lossSum of every image's loss when it was seen
 * @param images seen
 */
public record EpochLoss(double lossSum, long images) {

    /** The mean loss over the images. */
    public double mean() {
        return lossSum / images;
    }
}
