package io.github.sparkcnn.config;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * The keys {@code training.checkpoint.*}: what {@code train --resume} goes on from, and what is kept beside it.
 *
 * @param everyEpochs epochs between two checkpoints; 0: none are written
 * @param everyMinutes minutes between two checkpoints within an epoch; 0: none are written
 * @param keep how many of the newest remain
 * @param best whether the model of the epoch with the lowest validation loss is kept beside the last
 */
public record CheckpointConfig(int everyEpochs, double everyMinutes, int keep, boolean best) implements Serializable {

    private static final Range EVERY_EPOCHS = Range.atLeast(0).saying("0 (none) or more");
    /** A year at most. */
    private static final Range EVERY_MINUTES =
            Range.atLeast(0).saying("0 (none) or more").upTo(525_600);

    private static final Range KEEP = Range.atLeast(1);

    public CheckpointConfig {
        EVERY_EPOCHS.require("everyEpochs", everyEpochs);
        EVERY_MINUTES.require("everyMinutes", everyMinutes);
        KEEP.require("keep", keep);
    }

    static CheckpointConfig of(Keys keys) {
        return new CheckpointConfig(
                keys.whole("every-epochs", EVERY_EPOCHS),
                keys.number("every-minutes", EVERY_MINUTES),
                keys.whole("keep", KEEP),
                keys.bool("best"));
    }

    /** The time between two checkpoints within an epoch; empty where none are written. */
    public Optional<Duration> withinEpochs() {
        return everyMinutes > 0 ? Optional.of(Duration.ofNanos((long) (everyMinutes * 60e9))) : Optional.empty();
    }
}
