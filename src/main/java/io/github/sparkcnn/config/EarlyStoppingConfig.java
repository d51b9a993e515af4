package io.github.sparkcnn.config;

/**
 * The keys {@code training.early-stopping.*}: when a run has learnt what it can.
 *
 * @param patience epochs without a better validation loss after which the run stops; 0: it never does
 * @param minimumDelta by how much a validation loss has to be lower to be better
 * @param restoreBest whether the run ends with the parameters of its best epoch, not of its last
 */
public record EarlyStoppingConfig(int patience, double minimumDelta, boolean restoreBest) {

    static EarlyStoppingConfig of(Keys keys) {
        int patience = keys.integer("patience");
        double minimumDelta = keys.number("minimum-delta");
        keys.require(patience >= 0, "patience", patience, "0 (off) or more");
        keys.require(
                minimumDelta >= 0 && minimumDelta < Double.POSITIVE_INFINITY,
                "minimum-delta",
                minimumDelta,
                "0 or more");
        return new EarlyStoppingConfig(patience, minimumDelta, keys.bool("restore-best"));
    }
}
