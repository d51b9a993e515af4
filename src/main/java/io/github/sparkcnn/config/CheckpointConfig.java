package io.github.sparkcnn.config;

import java.io.Serializable;

/**
 * The keys {@code training.checkpoint.*}: what {@code train --resume} goes on from, and what is kept beside it.
 *
 * @param everyEpochs epochs between two checkpoints; 0: none are written
 * @param keep how many of the newest remain
 * @param best whether the model of the epoch with the lowest validation loss is kept beside the last
 */
public record CheckpointConfig(int everyEpochs, int keep, boolean best) implements Serializable {

    static CheckpointConfig of(Keys keys) {
        int everyEpochs = keys.integer("every-epochs");
        int keep = keys.integer("keep");
        keys.require(everyEpochs >= 0, "every-epochs", everyEpochs, "0 (none) or more");
        keys.require(keep >= 1, "keep", keep, "1 or more");
        return new CheckpointConfig(everyEpochs, keep, keys.bool("best"));
    }
}
