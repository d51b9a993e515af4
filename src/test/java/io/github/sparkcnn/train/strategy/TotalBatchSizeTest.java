package io.github.sparkcnn.train.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.train.SmallRuns;
import io.github.sparkcnn.train.StripedImages;
import io.github.sparkcnn.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The oracle is one worker: of a network that treats each image by itself, averaged after every step, the mean of the workers is its
 * step.
 */
class TotalBatchSizeTest extends SparkTest {

    /** Steps of 15 images are 15, 15 and 3; of 7 images four full ones and 5. */
    private static final int IMAGES = 33;

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    private SmallRuns runs;

    @BeforeAll
    static void writeImages() throws IOException {
        StripedImages.writeCsv(data.resolve("train.csv"), IMAGES, 1);
    }

    @BeforeEach
    void prepare() {
        runs = new SmallRuns(spark(), folder);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 15})
    void twoWorkersMakeTheStepsOfOne(int total) {
        TrainingResult alone = train("alone", "local", 1, total);
        TrainingResult one = train("one", "all-reduce", 1, total);
        TrainingResult two = train("two", "all-reduce", 2, total);

        NetworkState expected = state("alone");
        assertThat(state("one").parameters()).isEqualTo(expected.parameters());
        assertSame(state("two"), expected);
        for (int epoch = 0; epoch < 2; epoch++) {
            double loss = alone.epochs().get(epoch).trainLoss();
            assertThat(one.epochs().get(epoch).trainLoss()).isEqualTo(loss);
            assertThat(Math.abs(two.epochs().get(epoch).trainLoss() - loss)).isLessThan(1e-5);
            assertThat(two.epochs().get(epoch).images()).isEqualTo(IMAGES);
        }
        assertThat(expected.iteration()).isEqualTo(2 * ((IMAGES + total - 1) / total));
    }

    /** Deeplearning4j weighs workers alike: three have 5 images each of 15, and one each of the last 3. */
    @Test
    void threeWorkersMakeTheStepsOfOne() {
        train("alone", "local", 1, 15);
        train("three", "dl4j-averaging", 3, 15);

        assertSame(state("three"), state("alone"));
    }

    @Test
    void saysSoWhereDeeplearning4jWeighsUnequalPartsAlike() {
        assertThat(notice("dl4j-averaging", 128, 3))
                .contains("dl4j-averaging weighs workers alike, who have [43, 43, 42] images of"
                        + " training.total-batch-size = 128");
        assertThat(notice("dl4j-averaging", 128, 4)).isEmpty();
        assertThat(notice("all-reduce", 128, 3)).isEmpty();
    }

    private static Optional<String> notice(String strategy, int total, int workers) {
        List<String> settings = List.of("training.strategy=" + strategy, "training.total-batch-size=" + total);
        return TrainingStrategy.of(ConfigurationReader.read("test", "", settings))
                .notice(workers);
    }

    /** Without that, two workers' 8 and 7 images a step would not be the same images' mean. */
    @Test
    void theSameBatchOfEachWorkerIsAnotherTraining() {
        train("alone", "local", 1, 15);
        train("each", "all-reduce", 2, "training.batch-size=8");

        assertThat(SmallRuns.furthest(runs.parameters("each"), runs.parameters("alone")))
                .isGreaterThan(1e-3);
    }

    @Test
    void aStepIsTheSameHoweverSeldomTheWorkersAverage() {
        train("seldom", "all-reduce", 2, "training.total-batch-size=7", "training.averaging-frequency=3");
        train("again", "all-reduce", 2, "training.total-batch-size=7", "training.averaging-frequency=3");

        assertThat(runs.parameters("again")).isEqualTo(runs.parameters("seldom"));
        assertThat(state("seldom").iteration()).isEqualTo(10);
    }

    @Test
    void aResumedRunIsTheUninterruptedOneAndKeepsItsTotal() {
        String[] whole = {"training.total-batch-size=7", "training.checkpoint.every-epochs=1"};
        train("whole", "all-reduce", 2, whole);
        String[] half = {"training.total-batch-size=7", "training.checkpoint.every-epochs=1", "training.epochs=1"};
        train("half", "all-reduce", 2, half);

        assertThatThrownBy(() -> runs.resume("half", settings("all-reduce", 2, "training.total-batch-size=8")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("training.total-batch-size was 7 and is 8");
        assertThatThrownBy(() -> runs.resume("half", settings("all-reduce", 2, "training.batch-size=7")))
                .hasMessageContaining("training.batch-size was null and is 7");
        runs.resume("half", settings("all-reduce", 2, whole));
        assertThat(runs.parameters("half")).isEqualTo(runs.parameters("whole"));
    }

    @Test
    void theManifestTellsTheTotalAndTheBatchOfEach() throws IOException {
        train("told", "all-reduce", 2, 7);

        Map<?, ?> workers = (Map<?, ?>) manifest("told").get("workers");
        assertThat(workers.get("total_batch_size")).isEqualTo(7);
        assertThat(workers.get("batch_sizes")).isEqualTo(List.of(4, 3));
        Map<?, ?> training = (Map<?, ?>) ((Map<?, ?>) manifest("told").get("configuration")).get("training");
        assertThat(training.get("total-batch-size")).isEqualTo(7);
        assertThat(training.get("batch-size")).isNull();
    }

    /** A run of a version that knew no total has no such key, and goes on. */
    @Test
    void whatARunWithoutATotalIsBegunWithIsWhatItWas() throws IOException {
        train("own", "local", 1, "training.batch-size=16", "training.epochs=1");

        Map<?, ?> keys = (Map<?, ?>) ((Map<?, ?>) manifest("own").get("begun_with")).get("keys");
        assertThat(keys.containsKey("training.total-batch-size")).isFalse();
        assertThat(keys.get("training.batch-size")).isEqualTo("16");
    }

    @Test
    void refusesATotalWithoutAnImageForEachWorkerAndOneWithoutAFullStep() {
        assertThatThrownBy(() -> train("few", "all-reduce", 2, 1))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot train with 2 workers: training.total-batch-size is 1, less than an image");
        assertThatThrownBy(() ->
                        train("many", "local", 1, "training.total-batch-size=34", "training.drop-last=true"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot train with training.drop-last = true: there is no full step: there are 33 images, and"
                        + " training.total-batch-size is 34. Set training.drop-last to false or"
                        + " training.total-batch-size to less.");
        assertThat(folder.resolve("few")).doesNotExist();
    }

    private static void assertSame(NetworkState some, NetworkState others) {
        assertThat(SmallRuns.furthest(some.parameters(), others.parameters())).isLessThan(1e-5);
        assertThat(SmallRuns.furthest(some.updater(), others.updater())).isLessThan(1e-5);
        assertThat(some.iteration()).isEqualTo(others.iteration());
    }

    private Map<?, ?> manifest(String name) throws IOException {
        return Json.read(Files.readAllBytes(folder.resolve(name).resolve("manifest.json")), Map.class);
    }

    private NetworkState state(String name) {
        return NetworkState.of(runs.saved(name).network());
    }

    private TrainingResult train(String name, String strategy, int workers, int total) {
        return train(name, strategy, workers, "training.total-batch-size=" + total);
    }

    private TrainingResult train(String name, String strategy, int workers, String... further) {
        return runs.train(name, settings(strategy, workers, further));
    }

    private static String[] settings(String strategy, int workers, String... further) {
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + data.resolve("train.csv"),
                "training.strategy=" + strategy,
                "training.workers=" + workers,
                "training.epochs=2",
                "training.optimizer={name = sgd, learning-rate = 0.1, momentum = 0.9}",
                "training.checkpoint.every-epochs=0"));
        all.addAll(Arrays.asList(further));
        return all.toArray(String[]::new);
    }
}
