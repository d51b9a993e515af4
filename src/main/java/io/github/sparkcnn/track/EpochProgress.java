package io.github.sparkcnn.track;

/**
 * How far all workers are in an epoch, as of their last averaging.
 *
 * @param images seen
 * @param lossSum of every image's loss when it was seen
 */
public record EpochProgress(long images, double lossSum) {

    /** Of an epoch that has not begun. */
    public static final EpochProgress NONE = new EpochProgress(0, 0);

    /** The mean over the images; not a number where there are none. */
    public double loss() {
        return lossSum / images;
    }
}
