package io.github.sparkcnn.train;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.EarlyStoppingConfig;
import io.github.sparkcnn.track.EpochMetrics;

/** Watches the validation loss: which epoch was the best, and whether too many have passed since. */
final class EarlyStopping {

    private final EarlyStoppingConfig config;
    private double best = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private int epochs;

    EarlyStopping(EarlyStoppingConfig config) {
        this.config = config;
    }

    /** Refuses to watch a loss that nobody measures. */
    static EarlyStopping of(Configuration configuration) {
        EarlyStoppingConfig config = configuration.training().earlyStopping();
        boolean wanted = config.patience() > 0 || config.restoreBest();
        if (configuration.training().checkpoint().best()) {
            requireValidation(configuration, "training.checkpoint.best", "training.checkpoint.best=false");
        }
        if (wanted) {
            requireValidation(
                    configuration,
                    "training.early-stopping",
                    "training.early-stopping.patience=0 and restore-best=false");
        }
        return new EarlyStopping(config);
    }

    private static void requireValidation(Configuration configuration, String group, String without) {
        if (!configuration.data().hasValidation()) {
            throw new UserException(
                    "use " + group,
                    "there is no test set to measure the validation loss on",
                    "Set data.test or data.validation-fraction, or " + without);
        }
    }

    /** Whether the epoch is the best so far, by more than the minimum delta; one that was not evaluated is not. */
    boolean epochEnded(EpochMetrics ended) {
        return ended.validationLoss() != null && epochEnded(ended.validationLoss());
    }

    private boolean epochEnded(double validationLoss) {
        if (Double.isNaN(validationLoss)) {
            throw new IllegalArgumentException("NaN is neither better nor worse than " + best);
        }
        epochs++;
        boolean better = bestEpoch == 0 || validationLoss < below();
        if (better) {
            best = validationLoss;
            bestEpoch = epochs;
        }
        return better;
    }

    /** What a validation loss has to be less than to be better. */
    private double below() {
        return best - config.minimumDelta();
    }

    /** Whether as many epochs as the patience have brought nothing better. */
    boolean isDue() {
        return config.patience() > 0 && epochs - bestEpoch >= config.patience();
    }

    /** Counted from 1; 0 before the first. */
    int bestEpoch() {
        return bestEpoch;
    }

    @Override
    public String toString() {
        return "Stopped after epoch " + epochs + ": no validation loss below " + below() + " since epoch " + bestEpoch
                + ", and training.early-stopping.patience is " + config.patience();
    }
}
