package io.github.sparkcnn.config;

import io.github.sparkcnn.keys.Keys;
import java.time.Duration;

/**
 * The keys {@code training.workers.*}: a number of workers that may change between epochs.
 *
 * @param min below which a run does not go on
 * @param max above which free slots stay free
 * @param patience how long workers that are gone are waited for, before the others go on without them
 */
public record ElasticWorkers(int min, int max, Duration patience) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofDays(1);

    public ElasticWorkers {
        if (min < 1 || max < min || patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException(min + " to " + max + " workers, after " + patience);
        }
    }

    /** As many as there are slots, within the bounds. */
    public int of(int slots) {
        return Math.max(min, Math.min(max, slots));
    }

    @Override
    public String toString() {
        return "{ min = " + min + ", max = " + max + " }";
    }

    static ElasticWorkers of(Keys keys) {
        int min = keys.whole("min", 1);
        int max = keys.whole("max", 1);
        keys.require(max >= min, "max", max, "training.workers.min (" + min + ") or more");
        Duration patience = keys.has("patience") ? keys.duration("patience") : PATIENCE;
        keys.require(patience.compareTo(LONGEST) <= 0, "patience", patience, "a day or less, e.g. 5 minutes");
        keys.refuseUnknown();
        return new ElasticWorkers(min, max, patience);
    }
}
