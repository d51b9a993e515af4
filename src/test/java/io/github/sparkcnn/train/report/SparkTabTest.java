package io.github.sparkcnn.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What it shows; that it is on Spark's page is SparkTabIT's. */
class SparkTabTest extends SparkTest {

    private final SparkTab tab = new SparkTab(jsc().sc(), 3);

    @Test
    void showsWhereTheEpochIsAndTheEpochsBefore() {
        tab.started(Map.of("network.name", "fashion-cnn", "data.train", "a<b.csv", "training.batch-size", 64));
        assertThat(tab.render()).contains("<h1>fashion-cnn on a&lt;b.csv</h1>", "The first epoch has begun. This page");

        tab.progressed(0, new EpochProgress(64, 128), 1000);
        tab.progressed(0, new EpochProgress(640, 1280.5), 1000);
        assertThat(tab.render())
                .contains("Epoch 1 of 3: minibatch 10/16, loss 2.0008")
                .contains(" left. This page");

        tab.epochEnded(new EpochMetrics(1, 0.5, 0.25, 0.75, 0.1, 1000, 10, 125, 2), null);
        assertThat(tab.render())
                .contains("Epoch 1 of 3 is done. This page", "http-equiv=\"refresh\" content=\"5\"", "0.2500");

        tab.progressed(1, new EpochProgress(64, 32), 1000);
        assertThat(tab.render()).contains("Epoch 2 of 3: minibatch 1/16, loss 0.5000");
    }

    /** The workers train the next epoch while listeners hear of the one before. */
    @Test
    void theNextEpochMayBeToldBeforeTheEndOfTheOneBefore() {
        tab.progressed(1, new EpochProgress(64, 32), 1000);
        tab.epochEnded(new EpochMetrics(1, 0.5, 0.25, 0.75, 0.1, 1000, 10, 125, 2), null);

        assertThat(tab.render()).contains("Epoch 2 of 3: 6 %, loss 0.5000");
    }

    @Test
    void aLossThatIsNoNumberIsShown() {
        tab.progressed(0, new EpochProgress(64, Double.NaN), 1000);

        assertThat(tab.render()).contains("loss NaN");
    }

    @Test
    void withoutSparksPageThereIsNone() {
        tab.begun(List.of());

        assertThat(tab.path()).isEqualTo(Optional.empty());
        tab.ended();
    }
}
