package io.github.sparkcnn.train.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.device.ClusterProbe;
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
        assertThat(strategy("training.max-workers=5").notice(2))
                .contains("Workers: 2, as many as the cluster has slots (training.max-workers is 5)");
        assertThat(strategy("training.max-workers=2").notice(2)).isEmpty();
        assertThat(strategy().notice(2)).isEmpty();
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
        return strategy(settings).workers(new ClusterProbe(spark().sparkContext()));
    }

    private static TrainingStrategy strategy(String... settings) {
        return TrainingStrategy.of(ConfigurationReader.read("test", "", List.of(settings)));
    }
}
