package io.github.sparkcnn.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.allreduce.AveragingCost;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.StripedImages;
import io.github.sparkcnn.train.TrainingRun;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareRunTest extends SparkTest {

    private static final int IMAGES = 60;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), IMAGES, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), IMAGES, 2);
    }

    @Test
    void allRunsSeeTheSameImagesAndOneWorkerEqualsLocal() throws IOException {
        double local = new TrainingRun(
                        spark(), experiment(List.of("training.strategy=local")), storage(), path("local"), List.of())
                .execute()
                .last()
                .validationAccuracy();

        Comparison comparison = compare("all-reduce", "1,2", "compared").execute();

        assertThat(comparison.rows()).extracting(Comparison.Row::workers).containsExactly(1, 2);
        assertThat(comparison.rows()).extracting(Comparison.Row::images).containsOnly((long) IMAGES);
        assertThat(comparison.rows().get(0).accuracy()).isEqualTo(local);
        assertThat(comparison.rows().get(0).speedUp()).isEqualTo(1);
        assertThat(comparison.rows().get(1).epochs().get(0).workers()).hasSize(2);
        for (Comparison.Row row : comparison.rows()) {
            Comparison.Shares shares = row.shares();
            assertThat(shares.compute()).isGreaterThan(0);
            assertThat(shares.compute() + shares.averaging() + shares.waiting()).isLessThanOrEqualTo(1);
        }
        assertThat(folder.resolve("compared/compare.txt")).hasContent(comparison.text());
        assertThat(folder.resolve("compared/compare.html"))
                .content()
                .contains("runs side by side", "all-reduce-1", "Speed-up by workers, all-reduce, batch worker");
        // 60 images in minibatches of 20, averaged after every five: once by one worker, whom it costs nothing, and by
        // two.
        assertThat(comparison.rows().get(0).predictedSpeedUp()).isCloseTo(1, within(1e-9));
        double averaging = AveragingCost.LOOPBACK.seconds(
                2,
                3L
                        * ModelFolder.load(
                                        storage(),
                                        folder.resolve("compared/all-reduce-2").toString())
                                .network()
                                .parameters()
                                .length());
        double alone = comparison.rows().get(0).seconds();
        assertThat(comparison.rows().get(1).predictedSpeedUp())
                .isCloseTo(alone / (alone / 2 + averaging), within(1e-9));
        assertThat(Json.read(Files.readAllBytes(folder.resolve("compared/compare.json")), Comparison.class))
                .isEqualTo(comparison);
        assertThat(folder.resolve("compared/all-reduce-2/model/model.zip")).exists();
        assertThat(Files.readString(folder.resolve("compared/all-reduce-2/manifest.json")))
                .contains("\"train.steps\"", "\"train.minibatches\"", "\"train.averaging\"", "\"train.waiting\"");
    }

    /** Written by a thread of its own: until the second run's first epoch has ended, at most a minute. */
    @Test
    void thePageShowsTheRunsSoFarAndReadsItselfAgainUntilTheLast() throws Exception {
        Path page = folder.resolve("watched/compare.html");
        List<String> seen = new ArrayList<>();
        CompareRun run = compare("all-reduce", "1,2", "total", "watched", new TrainingListener() {
            private int epochs;

            @Override
            public void epochEnded(EpochMetrics metrics, Network network) {
                if (++epochs == 1) {
                    assertThat(page).doesNotExist();
                } else {
                    seen.add(await(page));
                }
            }
        });

        run.execute();

        assertThat(seen)
                .singleElement()
                .asString()
                .contains(
                        "http-equiv=\"refresh\" content=\"10\"",
                        "1 run so far",
                        "The comparison goes on: 1 of 2 runs is done, as of ",
                        " UTC. Now: all-reduce, 2 workers, 20 images a step, in all-reduce-2-total. This page reads"
                                + " itself again");
        assertThat(page)
                .content()
                .contains("2 runs side by side", "Speed-up by workers", "workers by epoch")
                .doesNotContain("http-equiv", "goes on", "ALL_REDUCE");
    }

    @Test
    void thePageOfAComparisonThatFailsSaysSo() {
        Path page = folder.resolve("failed/compare.html");
        CompareRun run = compare("all-reduce", "1,2", "total", "failed", new TrainingListener() {
            private int epochs;

            @Override
            public void epochEnded(EpochMetrics metrics, Network network) {
                if (++epochs == 2) {
                    await(page);
                    throw new IllegalStateException("interrupted");
                }
            }
        });

        assertThatThrownBy(run::execute).hasMessageContaining("interrupted");

        assertThat(page)
                .content()
                .contains("1 run so far", "The comparison has ended before it came to its end: 1 of 2 runs is done.")
                .doesNotContain("http-equiv");
    }

    private static String await(Path page) {
        try {
            for (int waited = 0; waited < 1200 && !Files.exists(page); waited++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            return Files.readString(page);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 60 images of which 20 are a step: three steps of all; of 20 for each of two workers, two. */
    @Test
    void comparesBothWaysToKeepTheBatch() throws IOException {
        Comparison comparison = compare("all-reduce", "1,2", "both", "both").execute();

        assertThat(comparison.rows())
                .extracting(Comparison.Row::batch, Comparison.Row::workers, Comparison.Row::totalBatchSize)
                .containsExactly(
                        tuple("total", 1, 20L),
                        tuple("total", 2, 20L),
                        tuple("worker", 1, 20L),
                        tuple("worker", 2, 40L));
        assertThat(comparison.rows()).extracting(Comparison.Row::images).containsOnly((long) IMAGES);
        assertThat(comparison.rows().get(0).speedUp()).isEqualTo(1);
        assertThat(comparison.rows().get(2).speedUp()).isEqualTo(1);
        assertThat(iterations("both/all-reduce-1-total")).isEqualTo(3);
        assertThat(iterations("both/all-reduce-2-total")).isEqualTo(3);
        assertThat(iterations("both/all-reduce-1")).isEqualTo(3);
        assertThat(iterations("both/all-reduce-2")).isEqualTo(2);
        assertThat(folder.resolve("both/compare.html"))
                .content()
                .contains("4 runs side by side", "all-reduce-2-total", "training.total-batch-size");
        assertThat(folder.resolve("both/compare.txt")).hasContent(comparison.text());
        assertThat(Files.readString(folder.resolve("both/compare.json")))
                .contains("\"batch\" : \"worker\"", "\"total_batch_size\" : 40");
    }

    private static int iterations(String run) {
        return NetworkState.of(ModelFolder.load(storage(), folder.resolve(run).toString())
                        .network())
                .iteration();
    }

    @Test
    void refusesATotalThatTheMostWorkersCannotShareBeforeAnythingIsTrained() {
        CompareRun run = new CompareRun(
                spark(),
                storage(),
                further -> experiment(Stream.concat(Stream.of("training.batch-size=1"), further.stream())
                        .toList()),
                ComparisonPlan.parse("all-reduce", "1,2", "total", 0.85),
                path("few"),
                List.of());

        assertThatThrownBy(run::execute)
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(
                        "Cannot compare 2 workers with the same total batch: training.batch-size is 1, so");
        assertThat(folder.resolve("few")).doesNotExist();
    }

    @Test
    void aStrategyThatDoesNotTellItsTimesIsComparedWithoutThem() {
        Comparison.Row row =
                compare("dl4j-averaging", "1", "dl4j").execute().rows().get(0);

        assertThat(row.images()).isEqualTo(IMAGES);
        assertThat(row.shares()).isNull();
        assertThat(row.predictedSpeedUp()).isNull();
    }

    @Test
    void refusesAFolderThatExistsAndMoreWorkersThanSlotsBeforeAnythingIsTrained() throws IOException {
        Files.createDirectory(folder.resolve("there"));

        assertThatThrownBy(() -> compare("all-reduce", "1", "there").execute())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot write the comparison to " + path("there")
                        + ": it exists already. Choose another --output or delete it.");
        assertThatThrownBy(() -> compare("all-reduce", "1,64", "wide").execute())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot compare with 64 workers: the cluster has 2 slots.");
        assertThat(folder.resolve("wide")).doesNotExist();
    }

    @Test
    void onALocalMastersGpuThereIsOneWorkerToCompare() {
        assertThatThrownBy(() -> compareWith("device.backend=cuda", "all-reduce", "1,2", "gpu")
                        .execute())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(
                        "Cannot train with 2 workers on device.backend = cuda: a local master is one process");
        assertThat(folder.resolve("gpu")).doesNotExist();
    }

    @Test
    void refusesANetworkThatOneStrategyCannotTrainBeforeAnyIsTrained() {
        CompareRun run = compareWith("network.name=residual-cnn", "all-reduce,dl4j-averaging", "1", "branches");

        assertThatThrownBy(run::execute)
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot train residual-cnn with dl4j-averaging: ");
        assertThat(folder.resolve("branches")).doesNotExist();
    }

    @Test
    void aRefusedComparisonLeavesNothingInTheWayOfTheNext() {
        CompareRun run = compareWith("data.train=" + folder.resolve("nowhere.csv"), "all-reduce", "1", "again");

        assertThatThrownBy(run::execute)
                .isInstanceOf(UserException.class)
                .hasMessageContaining("nowhere.csv: there is no such file or folder");
        assertThat(folder.resolve("again")).doesNotExist();
    }

    private static CompareRun compareWith(String setting, String strategies, String workers, String output) {
        return new CompareRun(
                spark(),
                storage(),
                further -> experiment(
                        Stream.concat(further.stream(), Stream.of(setting)).toList()),
                ComparisonPlan.parse(strategies, workers, "total", 0.85),
                path(output),
                List.of());
    }

    private CompareRun compare(String strategies, String workers, String output) {
        return compare(strategies, workers, "worker", output);
    }

    private CompareRun compare(
            String strategies, String workers, String batch, String output, TrainingListener... listeners) {
        return new CompareRun(
                spark(),
                storage(),
                CompareRunTest::experiment,
                ComparisonPlan.parse(strategies, workers, batch, 0.85),
                path(output),
                List.of(listeners));
    }

    private static Configuration experiment(List<String> further) {
        List<String> settings = new ArrayList<>(List.of(
                "data.train=" + folder.resolve("train.csv"),
                "data.test=" + folder.resolve("test.csv"),
                "network.name=all-convolutional",
                "training.epochs=1",
                "training.batch-size=20",
                "device.threads=1"));
        settings.addAll(further);
        return ConfigurationReader.read("test", "", settings);
    }

    private static org.apache.hadoop.fs.Path path(String name) {
        return storage().path(folder.resolve(name).toString());
    }

    private static Storage storage() {
        return Storage.ofLocalMaster(jsc().hadoopConfiguration());
    }
}
