package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.EarlyStoppingConfig;
import io.github.sparkcnn.track.EpochMetrics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStoppingTest {

    @ParameterizedTest(name = "patience {0}, delta {1}: {2}")
    @CsvSource({
        // losses, epochs until it stops (0: it does not), best epoch
        "1, 0, 3 2 1 2 1, 4, 3",
        "2, 0, 3 2 1 2 1, 5, 3",
        "3, 0, 3 2 1 2 1, 0, 3",
        "2, 0, 3 4 2 3 1 2, 0, 5", // the count begins again with every better epoch
        "2, 0, 1 1 1 1, 3, 1", // equal is not better
        "2, 0.5, 3 2.6 2.4 2.2 1.8, 0, 5", // better than the best, not than the epoch before
        "2, 1, 3 2.5 2, 3, 1", // by exactly the delta is not by more
        "0, 0, 1 2 3 4 5, 0, 1",
    })
    void stopsAfterAsManyEpochsWithoutABetterOneAsThePatience(
            int patience, double delta, String losses, int stopsAfter, int best) {
        EarlyStopping stopping = new EarlyStopping(new EarlyStoppingConfig(patience, delta, false));
        int epochs = 0;
        for (String loss : losses.split(" ", -1)) {
            if (stopping.isDue()) {
                break;
            }
            stopping.epochEnded(epoch(Double.parseDouble(loss)));
            epochs++;
        }

        assertThat(stopping.isDue() ? epochs : 0).isEqualTo(stopsAfter);
        assertThat(stopping.bestEpoch()).isEqualTo(best);
    }

    @Test
    void saysWhichEpochsAreTheBestSoFar() {
        EarlyStopping stopping = new EarlyStopping(new EarlyStoppingConfig(5, 0.1, true));

        assertThat(DoubleStream.of(1, 0.95, 0.8, 0.9).mapToObj(EarlyStoppingTest::epoch))
                .extracting(stopping::epochEnded)
                .containsExactly(true, false, true, false);
    }

    @Test
    void saysWhyItStops() {
        EarlyStopping stopping = new EarlyStopping(new EarlyStoppingConfig(1, 0, false));
        stopping.epochEnded(epoch(0.25));
        stopping.epochEnded(epoch(0.5));

        assertThat(stopping)
                .hasToString(
                        "Stopped after epoch 2: no validation loss below 0.25 since epoch 1, and training.early-stopping.patience is 1");
    }

    @Test
    void doesNotCompareWithNaN() {
        EarlyStopping stopping = new EarlyStopping(new EarlyStoppingConfig(1, 0, false));

        assertThatThrownBy(() -> stopping.epochEnded(epoch(Double.NaN))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToWatchWithoutATestSet() {
        assertThatThrownBy(() -> EarlyStopping.of(
                        ConfigurationReader.read("test", "", List.of("training.early-stopping.patience=2"))))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use training.early-stopping: there is no test set to measure the validation loss on."
                                + " Set data.test or data.validation-fraction, or training.early-stopping.patience=0 and restore-best=false.");
    }

    @Test
    void refusesToKeepTheBestWithoutATestSet() {
        assertThatThrownBy(() -> EarlyStopping.of(
                        ConfigurationReader.read("test", "", List.of("training.checkpoint.best=true"))))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use training.checkpoint.best: there is no test set to measure the validation loss"
                        + " on. Set data.test or data.validation-fraction, or training.checkpoint.best=false.");
    }

    private static EpochMetrics epoch(double validationLoss) {
        return new EpochMetrics(1, 1, validationLoss, 0.5, 0.1, 100, 1, 100, 2);
    }
}
