package io.github.sparkcnn.bench.paced;

/**
 * Where an epoch's time went, in seconds: medians, those of the workers of their means.
 *
 * @param epochs that counted
 * @param seconds from one epoch to the next
 * @param evaluation in the driver, from its word until all reports are added up
 * @param writing of the driver's, while the workers train
 */
public record Measured(
        int workers,
        int epochs,
        double seconds,
        double steps,
        double minibatches,
        double averaging,
        double waiting,
        double evaluation,
        double writing) {

    /**
     * What is neither work nor averaging nor waiting for each other: the driver's part, and what it and the workers say to each other.
     *
     * @param predicted seconds of the evaluation's predictions
     */
    public double floor(double predicted) {
        return seconds - steps - minibatches - averaging - waiting - predicted;
    }
}
