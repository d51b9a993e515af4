package io.github.sparkcnn.config;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;

/**
 * The keys {@code training.early-stopping.*}: when a run has learnt what it can.
 *
 * @param patience epochs without a better validation loss after which the run stops; 0: it never does
 * @param minimumDelta by how much a validation loss has to be lower to be better
 * @param restoreBest whether the run ends with the parameters of its best epoch, not of its last
 */
public record EarlyStoppingConfig(int patience, double minimumDelta, boolean restoreBest) {

    private static final Range PATIENCE = Range.atLeast(0).saying("0 (off) or more");
    private static final Range MINIMUM_DELTA = Range.atLeast(0).finite();

    public EarlyStoppingConfig {
        PATIENCE.require("patience", patience);
        MINIMUM_DELTA.require("minimumDelta", minimumDelta);
    }

    static EarlyStoppingConfig of(Keys keys) {
        return new EarlyStoppingConfig(
                keys.whole("patience", PATIENCE),
                keys.number("minimum-delta", MINIMUM_DELTA),
                keys.bool("restore-best"));
    }
}
