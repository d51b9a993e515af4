package io.github.sparkcnn.config;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys {@code training.batch-size} and {@code training.total-batch-size}, of which one holds: the images of a step.
 *
 * @param images of each worker, or of all workers together
 * @param isTotal whether they are of all workers together, who share them out
 */
public record BatchSize(int images, boolean isTotal) {

    static final String OWN = "batch-size";
    static final String TOTAL = "total-batch-size";

    private static final Range AT_LEAST_ONE = Range.atLeast(1);

    public BatchSize {
        AT_LEAST_ONE.require("images", images);
    }

    static BatchSize of(Keys keys) {
        if (!keys.has(TOTAL)) {
            return new BatchSize(keys.whole(OWN, AT_LEAST_ONE), false);
        }
        int total = keys.whole(TOTAL, AT_LEAST_ONE);
        keys.require(
                !keys.has(OWN),
                TOTAL,
                total + " and " + keys.place().key(OWN) + " is set",
                "null, or the other to null");
        return new BatchSize(total, true);
    }

    /** That of a run's effective keys; empty where they have none. */
    public static Optional<BatchSize> inForce(Map<String, Object> flat) {
        return Stream.of(true, false)
                .filter(isTotal -> flat.get(key(isTotal)) instanceof Number)
                .map(isTotal -> new BatchSize(((Number) flat.get(key(isTotal))).intValue(), isTotal))
                .findFirst();
    }

    /** The key that holds. */
    public String key() {
        return key(isTotal);
    }

    private static String key(boolean isTotal) {
        return "training." + (isTotal ? TOTAL : OWN);
    }

    /** The images of a full step of all workers together. */
    public long ofAll(int workers) {
        return isTotal ? images : (long) images * workers;
    }

    /** The images of each worker in a full step, by its number: a total is dealt like cards, so the first may have one more. */
    public List<Integer> ofEach(int workers) {
        return IntStream.range(0, workers)
                .map(worker -> isTotal ? images / workers + (worker < images % workers ? 1 : 0) : images)
                .boxed()
                .toList();
    }

    /**
     * Refuses a total that gives some worker no image.
     *
     * @throws UserException saying how many there have to be
     */
    public void requireSharedBy(int workers) {
        if (isTotal && images < workers) {
            throw new UserException(
                    "train with " + workers + " workers",
                    "training.total-batch-size is " + images + ", less than an image for each in every step",
                    "Raise it to " + workers + " or more, or lower training.workers to " + images);
        }
    }
}
