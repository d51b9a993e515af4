package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.checkpoint.Checkpoints;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.SmallDisk;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that is full is one line; what was whole before stays, and nothing is left half-written. */
class FullDiskTest extends SparkTest {

    @TempDir
    Path folder;

    /** A checkpoint of all-convolutional with Adam has about 60 kB; the second language is that of another locale. */
    @ParameterizedTest
    @CsvSource({
        "local, 100, No space left on device",
        "local, 100000, No space left on device",
        "all-reduce, 100000, No space left on device",
        "local, 100000, Auf dem Gerät ist kein Speicherplatz mehr verfügbar"
    })
    void leavesTheLastWholeCheckpoint(String strategy, int bytes, String reason) throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 64, 1);
        Configuration configuration = ConfigurationReader.read(
                "full",
                "",
                List.of(
                        "data.train=" + folder.resolve("train.csv"),
                        "network.name=all-convolutional",
                        "training.epochs=3",
                        "training.strategy=" + strategy,
                        "device.threads=1"));
        Storage storage = Storage.ofLocalMaster(SmallDisk.with(jsc().hadoopConfiguration(), bytes, reason));
        org.apache.hadoop.fs.Path run = storage.path("small://" + folder.resolve("run"));

        assertThatThrownBy(() -> new TrainingRun(spark(), configuration, storage, run, List.of()).execute())
                .isInstanceOf(UserException.class)
                .hasMessageMatching(
                        "Cannot write small:" + folder.resolve("run") + "/[a-z0-9/.-]+: the disk is full \\(" + reason
                                + "\\)\\. Make room there, or write to another place\\.");

        awaitNoJobs();
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left).noneMatch(path -> path.toString().matches(".*(\\.tmp-.*|/running\\.json)"));
        }
        if (bytes > 1000) {
            assertThat(new Checkpoints(storage, run).newestWhole(damaged -> {}).epoch())
                    .isEqualTo(1);
        }
    }
}
