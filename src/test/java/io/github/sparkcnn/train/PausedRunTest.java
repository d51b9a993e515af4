package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.train.tracking.ParentRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that pauses behind an epoch, and what it comes to when it is resumed. */
class PausedRunTest extends SparkTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 40, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 20, 2);
    }

    /** One-cycle stretches over all epochs; every-epochs = 0 writes no checkpoint by itself. */
    @ParameterizedTest
    @CsvSource({"local, 1, 0", "all-reduce, 2, 2"})
    void isResumedToTheBitsOfOneThatDidNotPause(String strategy, int workers, int everyEpochs) {
        List<String> settings = List.of(
                "training.epochs=3",
                "training.schedule.rising-fraction=0.7",
                "training.schedule.name=one-cycle",
                "training.strategy=" + strategy,
                "training.workers=" + workers,
                "training.checkpoint.every-epochs=" + everyEpochs);
        run(strategy + "-whole", settings, Training.TO_THE_END).execute();

        TrainingResult paused = run(strategy, settings, 1).execute();

        assertThat(paused.epochs()).hasSize(1);
        assertThat(folder.resolve(strategy + "/checkpoints/epoch-0001")).exists();
        assertThat(folder.resolve(strategy + "/model")).doesNotExist();
        assertThat(folder.resolve(strategy + "/manifest.json")).doesNotExist();
        assertThat(run(strategy, settings, 1).resume().epochs()).isEqualTo(paused.epochs());
        assertThat(run(strategy, settings, Training.TO_THE_END).resume().epochs())
                .hasSize(3)
                .startsWith(paused.last());
        assertThat(state(strategy).parameters())
                .isEqualTo(state(strategy + "-whole").parameters());
        assertThat(state(strategy).updater())
                .isEqualTo(state(strategy + "-whole").updater());
    }

    @Test
    void oneThatComesToItsEndBeforeThePauseLeavesItsModel() {
        List<String> settings = List.of("training.epochs=1", "training.strategy=local");

        assertThat(run("short", settings, 5).execute().epochs()).hasSize(1);

        assertThat(folder.resolve("short/model/model.zip")).exists();
        assertThat(folder.resolve("short/manifest.json")).exists();
    }

    private TrainingRun run(String name, List<String> settings, int pause) {
        String experiment = "data.train = \"" + folder.resolve("train.csv") + "\", data.test = \""
                + folder.resolve("test.csv") + "\", network.name = all-convolutional, training.batch-size = 20,"
                + " device.threads = 1";
        Configuration configuration = ConfigurationReader.read(name, experiment, settings);
        return new TrainingRun(
                spark(),
                configuration,
                storage(),
                storage().path(folder.resolve(name).toString()),
                pause,
                1,
                List.of(),
                ParentRun.NONE);
    }

    private NetworkState state(String run) {
        return NetworkState.of(
                ModelFolder.load(storage(), folder.resolve(run).toString()).network());
    }

    private static Storage storage() {
        return Storage.ofLocalMaster(jsc().hadoopConfiguration());
    }
}
