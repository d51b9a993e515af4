package io.github.sparkcnn.config;

import java.io.Serializable;

/**
 * The keys {@code training.checkpoint.*}: what {@code train --resume} goes on from.
 *
 * @param everyEpochs epochs between two checkpoints; 0: none are written
 * @param keep how many of the newest remain
 */
public record CheckpointConfig(int everyEpochs, int keep) implements Serializable {

    static CheckpointConfig of(Keys keys) {
        int everyEpochs = keys.integer("every-epochs");
        int keep = keys.integer("keep");
        keys.require(everyEpochs >= 0, "every-epochs", everyEpochs, "0 (none) or more");
        keys.require(keep >= 1, "keep", keep, "1 or more");
        return new CheckpointConfig(everyEpochs, keep);
    }
}
