package io.github.sparkcnn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSizeTest {

    private static final BatchSize OWN_256 = new BatchSize(256, false);
    private static final BatchSize TOTAL_128 = new BatchSize(128, true);

    @Test
    void aTotalIsSharedOutAndABatchOfEachIsNot() {
        assertThat(TOTAL_128.ofEach(3)).containsExactly(43, 43, 42);
        assertThat(TOTAL_128.ofEach(1)).containsExactly(128);
        assertThat(TOTAL_128.ofAll(3)).isEqualTo(128);
        assertThat(OWN_256.ofEach(3)).containsExactly(256, 256, 256);
        assertThat(OWN_256.ofAll(3)).isEqualTo(768);
    }

    @Test
    void refusesATotalThatIsNotAnImageForEach() {
        TOTAL_128.requireSharedBy(128);
        OWN_256.requireSharedBy(1000);

        assertThatThrownBy(() -> TOTAL_128.requireSharedBy(129))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot train with 129 workers: training.total-batch-size is 128, less than an image for each"
                        + " in every step. Raise it to 129 or more, or lower training.workers to 128.");
    }

    @Test
    void theBatchIsOfEachWorkerUnlessATotalIsGiven() {
        assertThat(read("").training().batch()).isEqualTo(OWN_256);
        assertThat(read("training.batch-size = 64").training().batch()).isEqualTo(new BatchSize(64, false));

        Configuration total = read("training.total-batch-size = 128");
        assertThat(total.training().batch()).isEqualTo(TOTAL_128);
        assertThat(total.flat()).containsEntry("training.total-batch-size", 128).doesNotContainKey("training.batch-size");
        assertThat(total.renderOverrides()).isEqualTo("training.total-batch-size=128");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.batch-size = 64 | training.total-batch-size=128 | 128 | true",
                "training.total-batch-size = 64 | training.batch-size=32 | 32 | false",
                "training.total-batch-size = 64 | training.total-batch-size=null | 256 | false",
                "training.total-batch-size = 64 | training.batch-size=256 | 256 | false",
                "'training { batch-size = null, total-batch-size = 64 }' | training.epochs=1 | 64 | true",
            })
    void whatAFlagGivesWinsOverTheExperiment(String experiment, String flag, int images, boolean isTotal) {
        assertThat(read(experiment, flag).training().batch()).isEqualTo(new BatchSize(images, isTotal));
    }

    @Test
    void theOneThatLosesIsNotInForce() {
        assertThat(read("training.batch-size = 64", "training.total-batch-size=128").flat())
                .doesNotContainKey("training.batch-size");
        assertThat(read("training.total-batch-size = 64", "training.batch-size=32").flat())
                .doesNotContainKey("training.total-batch-size");
    }

    @Test
    void refusesBothInOnePlace() {
        String message = "Cannot use the configuration: training.total-batch-size is 128 and training.batch-size is set."
                + " Set it to null, or the other to null.";

        assertThatThrownBy(() -> read("training { batch-size = 64, total-batch-size = 128 }"))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> read("", "training.batch-size=64", "training.total-batch-size=128"))
                .hasMessage(message);
        assertThatThrownBy(() -> read("training { batch-size = 256, total-batch-size = 128 }"))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.total-batch-size = 0 | training.total-batch-size is 0. Set it to 1 or more.",
                "training.total-batch-size = 1.5 | training.total-batch-size is 1.5. Set it to a whole number.",
                "training.batch-size = null | training.batch-size has no value. Set it to a whole number.",
            })
    void refusesWhatIsNoNumberOfImages(String experiment, String message) {
        assertThatThrownBy(() -> read(experiment))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use the configuration: " + message);
    }

    private static Configuration read(String experiment, String... settings) {
        return ConfigurationReader.read("experiment.conf", experiment, List.of(settings));
    }
}
