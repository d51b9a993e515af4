package io.github.sparkcnn.train.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
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
        assertThat(of("training.workers={min = 1, max = 9}")).isEqualTo(2);
        assertThat(of("training.workers={min = 1, max = 1}")).isEqualTo(1);
        assertThat(of("training.workers={min = 1, max = 9}", "training.max-workers=1"))
                .isEqualTo(2);
        assertThat(of("training.workers={min = 3, max = 9}")).isEqualTo(3);
    }

    /** Which is a local master's. */
    @Test
    void isOneOnTheGpuOfAProcess() {
        String onGpu = "device.backend=cuda";
        ClusterProbe cluster = new ClusterProbe(spark().sparkContext());

        assertThat(of(onGpu)).isEqualTo(1);
        assertThat(of(onGpu, "training.max-workers=2")).isEqualTo(1);
        assertThat(of(onGpu, "training.workers={min = 1, max = 9}")).isEqualTo(1);
        assertThat(cluster.slots(true)).isEqualTo(1);
        for (String strategy : List.of("training.strategy=all-reduce", "training.strategy=dl4j-averaging")) {
            assertThatCode(() -> strategy(onGpu, strategy).requireRoom(cluster, 1))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> strategy(onGpu, strategy).requireRoom(cluster, 2))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith(
                            "Cannot train with 2 workers on device.backend = cuda: a local master is one process");
        }
    }

    @Test
    void isSaidWhereItIsLessThanItCouldBe() {
        assertThat(strategy("training.max-workers=5").notice(2))
                .contains("Workers: 2, as many as the cluster has slots (training.max-workers is 5)");
        assertThat(strategy("training.max-workers=2").notice(2)).isEmpty();
        assertThat(strategy().notice(2)).isEmpty();
        assertThat(strategy("training.workers={min = 1, max = 5}").notice(2))
                .contains("Workers: 2, as many as the cluster has slots (training.workers is { min = 1, max = 5 })");
        assertThat(strategy("training.workers={min = 1, max = 2}").notice(2)).isEmpty();
    }

    /** A run that is resumed has to have it again. */
    @Test
    void isAlwaysSaidOnACluster() {
        assertThat(strategy().noticeOnCluster(2)).contains("Workers: 2");
        assertThat(strategy("training.workers=2").noticeOnCluster(2)).contains("Workers: 2");
        assertThat(strategy("training.max-workers=5").noticeOnCluster(2))
                .as("notice says it")
                .isEmpty();
        assertThat(strategy("training.strategy=dl4j-averaging").noticeOnCluster(2))
                .contains("Workers: 2");
        assertThat(strategy("training.strategy=local").noticeOnCluster(1))
                .contains("training.strategy = local trains in the driver alone; the executors only read images."
                        + " all-reduce trains on them");
    }

    @Test
    void isRefusedWhereItCannotBe() {
        refused(
                "Cannot use the configuration: training.workers.max is 2. Set it to training.workers.min (3) or more",
                "training.workers={min = 3, max = 2}");
        refused(
                "Cannot use the configuration: training.workers.patience is PT48H. Set it to a day or less, e.g. 5 minutes",
                "training.workers={min = 1, max = 2, patience = 2 days}");
        refused(
                "Cannot use the configuration: there is no key training.workers.most. ",
                "training.workers={min = 1, max = 2, most = 3}");
        refused(
                "Cannot train with training.workers = { min = 1, max = 2 }: training.strategy = local has as many workers at the end as at"
                        + " the beginning. Set training.strategy to all-reduce, or training.workers to a number",
                "training.workers={min = 1, max = 2}",
                "training.strategy=local");
        refused(
                "Cannot train with training.workers = { min = 1, max = 2 }: training.checkpoint.every-minutes is 5.0, and a part of an"
                        + " epoch is of the workers who have trained it. Set training.checkpoint.every-minutes to 0, or"
                        + " training.workers to a number",
                "training.workers={min = 1, max = 2}",
                "training.checkpoint.every-minutes=5");
        refused(
                "Cannot train with 4 workers: training.total-batch-size is 3, less than an image for each in every step.",
                "training.workers={min = 1, max = 4}",
                "training.total-batch-size=3");
    }

    private static void refused(String message, String... settings) {
        assertThatThrownBy(() -> strategy(settings).requireElasticity())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(message);
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
