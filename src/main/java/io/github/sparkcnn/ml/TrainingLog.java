package io.github.sparkcnn.ml;

import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the log what the command {@code train} shows.
 *
 * @param uid of the estimator
 * @param epochs that there will be at most
 */
record TrainingLog(String uid, int epochs) implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(CnnClassifier.class);

    @Override
    public void noticed(String notice) {
        LOG.info("{}: {}", uid, notice);
    }

    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        String validation = metrics.validationLoss() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", validation loss %.4f, accuracy %.4f",
                        metrics.validationLoss(),
                        metrics.validationAccuracy());
        LOG.info(
                "{}: epoch {}/{}, train loss {}{}",
                uid,
                metrics.epoch(),
                epochs,
                String.format(Locale.ROOT, "%.4f", metrics.trainLoss()),
                validation);
    }
}
