package io.github.sparkcnn.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The session has two slots. */
class WorkerCountTest extends SparkTest {

    @Test
    void isWhatWasAskedForOrWhatThereIsRoomFor() {
        assertThat(of("training.workers=7")).isEqualTo(7);
        assertThat(of("training.workers=7", "training.max-workers=1")).isEqualTo(7);
        assertThat(of("training.max-workers=1")).isEqualTo(1);
        assertThat(of("training.max-workers=5")).isEqualTo(2);
        assertThat(of()).isEqualTo(2);
    }

    @Test
    void isSaidWhereItIsLessThanItCouldBe() {
        assertThat(WorkerCount.notice(training("training.max-workers=5"), 2))
                .contains("Workers: 2, as many as the cluster has slots (training.max-workers is 5)");
        assertThat(WorkerCount.notice(training("training.max-workers=2"), 2)).isEmpty();
        assertThat(WorkerCount.notice(training(), 2)).isEmpty();
    }

    @Test
    void theFirstCommandFitsAMachineOfOneCore() throws IOException {
        TrainingConfig quickstart = ConfigurationReader.read(
                        "quickstart", Files.readString(Path.of("conf/quickstart.conf")), List.of())
                .training();

        assertThat(quickstart.workers()).isEmpty();
        assertThat(quickstart.maxWorkers()).contains(2);
    }

    private static int of(String... settings) {
        return WorkerCount.of(training(settings), new ClusterProbe(spark().sparkContext()));
    }

    private static TrainingConfig training(String... settings) {
        return ConfigurationReader.read("test", "", List.of(settings)).training();
    }
}
