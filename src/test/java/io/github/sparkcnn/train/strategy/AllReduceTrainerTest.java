package io.github.sparkcnn.train.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.TestSet;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.StripedImages;
import io.github.sparkcnn.train.TrainingResult;
import io.github.sparkcnn.train.TrainingRun;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllReduceTrainerTest extends SparkTest {

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeImages() throws IOException {
        for (int images : new int[] {1, 33, 50, 96, 600}) {
            StripedImages.writeCsv(data.resolve(images + ".csv"), images, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void oneWorkerEqualsLocal(int frequency) {
        train("local", 50, "training.strategy=local", "training.epochs=2");
        train("one", 50, "training.workers=1", "training.epochs=2", "training.averaging-frequency=" + frequency);

        NetworkState local = state("local");
        NetworkState one = state("one");
        assertThat(one.parameters()).isEqualTo(local.parameters());
        assertThat(one.updater()).isEqualTo(local.updater());
        assertThat(one.iteration()).isEqualTo(local.iteration());
    }

    @Test
    void twoRunsGiveTheSameBits() {
        train("first", 50, "training.workers=2", "training.epochs=2");
        train("second", 50, "training.workers=2", "training.epochs=2");

        assertThat(state("second").parameters()).isEqualTo(state("first").parameters());
        assertThat(state("second").updater()).isEqualTo(state("first").updater());
    }

    /**
     * The workers keep their replicas; one that is resumed has to fetch the state from the driver. Shares of 17 and 16 images: one of
     * the two has counted fewer steps.
     */
    @Test
    void keptReplicasGoOnAsFreshOnesDo() {
        train("three", 33, "training.workers=2", "training.epochs=3");
        train("one", 33, "training.workers=2", "training.epochs=1", "training.checkpoint.every-epochs=1");
        resume("one", 33, "training.workers=2", "training.epochs=2", "training.checkpoint.every-epochs=1");
        resume("one", 33, "training.workers=2", "training.epochs=3", "training.checkpoint.every-epochs=1");

        assertThat(state("one").parameters()).isEqualTo(state("three").parameters());
        assertThat(state("one").updater()).isEqualTo(state("three").updater());
        assertThat(state("one").iteration()).isEqualTo(state("three").iteration());
    }

    /** On their own replicas; what they say is what the driver's says of the model that is saved, to the last bit. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theWorkersEvaluateAsTheDriverDoes(int workers) {
        String test = "data.test=" + data.resolve("600.csv");
        EpochMetrics ofWorkers = train("by-workers", 33, "training.workers=" + workers, "training.epochs=2", test)
                .last();
        EvaluationReport ofDriver = evaluatedInDriver("by-workers", data.resolve("600.csv"));

        assertThat(ofWorkers.validationLoss()).isEqualTo(ofDriver.loss());
        assertThat(ofWorkers.validationAccuracy()).isEqualTo(ofDriver.accuracy());
    }

    private EvaluationReport evaluatedInDriver(String name, Path test) {
        ModelFolder.Saved saved =
                ModelFolder.load(storage(), folder.resolve(name).toString());
        Configuration configuration = ConfigurationReader.read(name, "", List.of("data.train=" + test));
        PackedImages images = new ImageReader(spark(), storage())
                .read(ImageSource.train(configuration.data()).as(saved.card().classes()))
                .collect();
        try (Replica replica =
                Engines.open(saved.network(), images.shape(), KernelOptions.of(configuration.device(), 2))) {
            return new TestSet(Share.of(images), saved.card().normalization(), 10, 0)
                    .evaluate(replica)
                    .evaluation(saved.card().labels())
                    .report();
        }
    }

    /** No epoch is better by 100: the second is the last, and nobody begins a third. */
    @Test
    void stopsEarlyAndEndsWithTheBestEpochsModel() {
        String test = "data.test=" + data.resolve("50.csv");
        TrainingResult stopped = train(
                "stopped",
                33,
                "training.workers=2",
                "training.epochs=9",
                "training.early-stopping={patience = 1, minimum-delta = 100, restore-best = true}",
                test);
        train("one", 33, "training.workers=2", test);

        assertThat(stopped.epochs()).hasSize(2);
        assertThat(state("stopped").parameters()).isEqualTo(state("one").parameters());
        assertThat(state("stopped").updater()).isEqualTo(state("one").updater());
    }

    /** Two workers have both slots of this session. */
    @Test
    @Timeout(120)
    void aListenersJobsGetTheWorkersSlotsAndChangeNothing() {
        List<Long> counted = new ArrayList<>();
        TrainingListener counting = new TrainingListener() {
            @Override
            public void epochEnded(EpochMetrics metrics, Network network) {
                counted.add(jsc().parallelize(List.of(1, 2, 3), 3).count());
            }
        };
        String[] settings = {"training.workers=2", "training.epochs=3", "data.test=" + data.resolve("50.csv")};
        train("undisturbed", 33, settings);
        run("disturbed", 33, List.of(counting), settings).execute();

        assertThat(counted).containsExactly(3L, 3L, 3L);
        assertThat(state("disturbed").parameters())
                .isEqualTo(state("undisturbed").parameters());
        assertThat(state("disturbed").updater()).isEqualTo(state("undisturbed").updater());
    }

    @Test
    void oneJobIsForAllEpochs() {
        jsc().setJobGroup("epochs", "", false);
        try {
            train("two-epochs", 50, "training.workers=2", "training.epochs=2");
            int two = jobs();
            train("five-epochs", 50, "training.workers=2", "training.epochs=5");

            assertThat(jobs() - two).isEqualTo(two);
        } finally {
            jsc().clearJobGroup();
        }
    }

    private static int jobs() {
        return jsc().statusTracker().getJobIdsForGroup("epochs").length;
    }

    @Test
    void theManifestTellsWhereTheWorkersTimeWent() throws IOException {
        train("timed", 50, "training.workers=2", "training.epochs=2");

        Map<?, ?> manifest = Json.read(Files.readAllBytes(folder.resolve("timed/manifest.json")), Map.class);
        Map<?, ?> seconds = (Map<?, ?>) manifest.get("seconds");
        double steps = (Double) seconds.get("train.steps");
        double minibatches = (Double) seconds.get("train.minibatches");
        double averaging = (Double) seconds.get("train.averaging");
        double waiting = (Double) seconds.get("train.waiting");
        assertThat(steps).isPositive();
        assertThat(minibatches).isPositive();
        assertThat(averaging).isPositive();
        assertThat(waiting).isNotNegative();
        assertThat(steps + minibatches + averaging + waiting).isLessThan((Double) seconds.get("train"));
    }

    /**
     * 33 images are shares of 17 and 16, whose second round only one worker has images for. Rounds in which the workers see
     * different numbers are left out: Deeplearning4j counts workers and we count images.
     */
    @ParameterizedTest
    @CsvSource({"96, 1", "96, 2", "33, 1"})
    void equalsDeeplearning4jsAveragingOnTheSameMinibatches(int images, int frequency) {
        String workers = "training.workers=2";
        String rounds = "training.averaging-frequency=" + frequency;
        train("all-reduce", images, workers, rounds);
        train("dl4j", images, workers, rounds, "training.strategy=dl4j-averaging");

        NetworkState ours = state("all-reduce");
        NetworkState theirs = state("dl4j");
        assertThat(largestDifference(ours.parameters(), theirs.parameters())).isLessThan(1e-5);
        assertThat(ours.updater()).hasSameSizeAs(theirs.updater());
        int moments = theirs.updater().length / 2;
        assertSameMoment(ours.updater(), theirs.updater(), 0, moments);
        assertSameMoment(ours.updater(), theirs.updater(), moments, 2 * moments);
        assertThat(ours.iteration()).isEqualTo(theirs.iteration());
    }

    /** 33 images are shares of 17 and 16: two minibatches of 16 and one. One image leaves a share empty. */
    @ParameterizedTest
    @CsvSource({"33, 16, 1", "33, 16, 2", "33, 64, 1", "1, 16, 1", "50, 7, 3"})
    void unevenSharesAreSeenOnceEach(int images, int batchSize, int frequency) {
        TrainingResult result = train(
                "uneven",
                images,
                "training.workers=2",
                "training.epochs=2",
                "training.batch-size=" + batchSize,
                "training.averaging-frequency=" + frequency);

        assertThat(result.epochs()).hasSize(2).allMatch(epoch -> epoch.images() == images);
        assertThat(state("uneven").isFinite()).isTrue();
    }

    /** The worker that has no image brings weight 0: what comes out is what the other one learnt. */
    @Test
    void anEmptyShareChangesNothing() {
        train("with-empty", 1, "training.workers=2");
        train("alone", 1, "training.workers=1");

        assertThat(state("with-empty").parameters()).isEqualTo(state("alone").parameters());
        assertThat(state("with-empty").updater()).isEqualTo(state("alone").updater());
    }

    @Test
    void refusesMoreWorkersThanSlots() {
        assertThatThrownBy(() -> train("slots", 33, "training.workers=3"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot train with 3 workers: the cluster has 2 slots");
    }

    /** Relative to the largest element: Adam's squares are too small for a bound that suits its means. */
    private static void assertSameMoment(float[] one, float[] other, int from, int to) {
        float[] expected = Arrays.copyOfRange(other, from, to);
        double largest = largestDifference(expected, new float[to - from]);
        assertThat(largestDifference(Arrays.copyOfRange(one, from, to), expected))
                .isLessThan(1e-5 * largest);
    }

    private static double largestDifference(float[] one, float[] other) {
        assertThat(one).hasSameSizeAs(other);
        return IntStream.range(0, one.length)
                .mapToDouble(i -> Math.abs(one[i] - other[i]))
                .max()
                .orElseThrow();
    }

    private TrainingResult train(String name, int images, String... settings) {
        return run(name, images, settings).execute();
    }

    private void resume(String name, int images, String... settings) {
        run(name, images, settings).resume();
    }

    private TrainingRun run(String name, int images, String... settings) {
        return run(name, images, List.of(), settings);
    }

    private TrainingRun run(String name, int images, List<TrainingListener> listeners, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + data.resolve(images + ".csv"),
                "data.labels=[0,1,2,3,4,5,6,7,8,9]",
                "training.epochs=1",
                "training.batch-size=16",
                "training.averaging-frequency=1",
                "training.checkpoint.every-epochs=0",
                "device.threads=1"));
        all.addAll(Arrays.asList(settings));
        Configuration configuration = ConfigurationReader.read(name, "", all);
        return new TrainingRun(
                spark(),
                configuration,
                storage(),
                storage().path(folder.resolve(name).toString()),
                listeners);
    }

    private NetworkState state(String name) {
        return NetworkState.of(
                ModelFolder.load(storage(), folder.resolve(name).toString()).network());
    }

    private Storage storage() {
        return Storage.ofLocalMaster(jsc().hadoopConfiguration());
    }
}
