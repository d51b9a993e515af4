package io.github.sparkcnn.tune;

import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import java.util.Map;

/** Hears of a search, from as many threads as there are trials at once. */
public interface SearchListener {

    /** Something that the user must be told. */
    default void noticed(String notice) {}

    /** Something of a trial that the user must be told: the backend in use, dropped rows. */
    default void noticed(int trial, String notice) {}

    /**
     * A trial is trained, or trained on.
     *
     * @param settings values by key
     */
    default void begun(int trial, Map<String, String> settings) {}

    /**
     * It is about to read its data and to train.
     *
     * @param epochs after which it pauses or ends
     * @param settings every key with the value in force
     */
    default void started(int trial, int epochs, Map<String, Object> settings) {}

    /**
     * So much of an epoch was seen.
     *
     * @param epoch counted from 0
     * @param ofImages of the epoch
     */
    default void progressed(int trial, int epoch, EpochProgress seen, long ofImages) {}

    /** One of its epochs was trained and evaluated. */
    default void epochEnded(int trial, EpochMetrics metrics) {}

    /** It has come as far as it should, or failed. */
    default void ended(Trial trial) {}
}
