package io.github.sparkcnn.network.schedule;

import java.io.Serializable;

/**
 * What {@link ReduceOnPlateau} knows of the epochs so far; a resumed run learns it from the metrics.
 *
 * @param rate in force
 * @param best lowest validation loss, infinite before the first epoch
 * @param badEpochs since the last better one
 * @param cooldownLeft epochs that will not be counted as bad
 */
record PlateauState(double rate, double best, int badEpochs, int cooldownLeft) implements Serializable {

    static PlateauState start(double rate) {
        return new PlateauState(rate, Double.POSITIVE_INFINITY, 0, 0);
    }
}
