package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.EvaluationRun;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRunTest extends SparkTest {

    private static final int IMAGES = 330;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), IMAGES, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 100, 2);
    }

    @Test
    void learnsAndLeavesTheRunsFolderBehind() throws IOException {
        TrainingResult result = run("learns", "training.epochs=3", SmallRuns.WITH_DROPOUT);

        assertThat(result.last().validationAccuracy()).isGreaterThan(0.9);
        assertThat(folder.resolve("learns").toFile().list())
                .containsExactlyInAnyOrder(
                        "model",
                        "metrics.jsonl",
                        "steps.jsonl",
                        "manifest.json",
                        "checkpoints",
                        "tensorboard",
                        "report.html");
        assertThat(Files.readAllLines(folder.resolve("learns/metrics.jsonl")))
                .hasSize(3)
                .allMatch(line -> line.contains("\"images\":" + IMAGES));
        assertThat(Files.readString(folder.resolve("learns/manifest.json")))
                .contains("\"git_commit\"", "\"train\"", "\"explain\"", "train.csv", "\"seed\" : 1");
        assertThat(Files.readString(folder.resolve("learns/report.html")))
                .contains("Classification report", "Confusion matrix", "weighted avg", "Sample images", "train.csv")
                .contains("alt=\"What speaks for ", "speaks against it");
    }

    @Test
    void theManifestSaysWhereEachEpochsTimeWent() throws IOException {
        for (String strategy : List.of("local", "all-reduce")) {
            run("timed-" + strategy, "training.epochs=2", "training.strategy=" + strategy, "training.workers=1");
            JsonNode epochs = new ObjectMapper()
                    .readTree(folder.resolve("timed-" + strategy + "/manifest.json")
                            .toFile())
                    .get("epochs");

            assertThat(epochs).hasSize(2);
            for (JsonNode epoch : epochs) {
                double whole = epoch.get("train").asDouble()
                        + epoch.get("evaluate").asDouble()
                        + epoch.path("save").asDouble()
                        + epoch.path("tell").asDouble()
                        + epoch.get("other").asDouble();
                assertThat(whole).isCloseTo(epoch.get("total").asDouble(), within(1e-9));
                assertThat(epoch.get("train.steps").asDouble()
                                + epoch.get("train.minibatches").asDouble())
                        .isGreaterThan(0)
                        .isLessThan(epoch.get("train").asDouble());
            }
        }
    }

    @Test
    void seesEachImageExactlyOnceAnEpochWithEitherStrategy() throws IOException {
        for (String strategy : List.of("local", "dl4j-averaging", "all-reduce")) {
            for (int workers : new int[] {1, 2}) {
                EpochMetrics epoch = run(
                                "once-" + strategy + workers,
                                "training.epochs=1",
                                "training.strategy=" + strategy,
                                "training.workers=" + workers)
                        .last();
                assertThat(epoch.images())
                        .as("%s, %d workers", strategy, workers)
                        .isEqualTo(IMAGES);
            }
        }
    }

    @Test
    void averagingWithOneWorkerEqualsLocal() throws IOException {
        TrainingResult alone = run("local", "training.epochs=2", SmallRuns.WITH_DROPOUT);
        TrainingResult averaged = run(
                "averaging",
                "training.epochs=2",
                SmallRuns.WITH_DROPOUT,
                "training.strategy=dl4j-averaging",
                "training.workers=1",
                "training.averaging-frequency=2");

        NetworkState local = state("local");
        NetworkState averaging = state("averaging");
        assertThat(averaging.parameters()).isEqualTo(local.parameters());
        assertThat(averaging.updater()).isEqualTo(local.updater());
        assertThat(averaging.iteration()).isEqualTo(local.iteration());
        // Sums of sums: the same numbers added in another order.
        assertThat(averaged.last().trainLoss()).isCloseTo(alone.last().trainLoss(), within(1e-12));
        assertThat(averaged.last().validationLoss()).isEqualTo(alone.last().validationLoss());
        assertThat(averaged.last().validationAccuracy()).isEqualTo(alone.last().validationAccuracy());
    }

    @Test
    void aRunCanBeRepeatedToTheBit() throws IOException {
        for (String strategy : List.of("local", "dl4j-averaging", "all-reduce")) {
            for (String time : List.of("first-", "second-")) {
                run(
                        time + strategy,
                        "training.epochs=1",
                        SmallRuns.WITH_DROPOUT,
                        "training.strategy=" + strategy,
                        "training.workers=2");
            }
            assertThat(state("second-" + strategy).parameters())
                    .isEqualTo(state("first-" + strategy).parameters());
        }
        run("other-seed", "training.epochs=1", SmallRuns.WITH_DROPOUT, "training.seed=2");
        assertThat(state("other-seed").parameters())
                .isNotEqualTo(state("first-local").parameters());
    }

    @Test
    void aSavedModelEvaluatesToTheLastDigit() throws IOException {
        TrainingResult result = run("saved", "training.epochs=1");

        EvaluationRun evaluation = new EvaluationRun(
                spark(),
                storage(),
                folder.resolve("saved").toString(),
                folder.resolve("test.csv").toString(),
                ImageFormats.AUTO);
        EvaluationReport again = evaluation.execute();
        EvaluationReport report = evaluation.execute();

        assertThat(again.accuracy()).isEqualTo(result.last().validationAccuracy());
        assertThat(again.loss()).isEqualTo(result.last().validationLoss());
        assertThat(report.confusion().total()).isEqualTo(100);
        assertThat(report).usingRecursiveComparison().isEqualTo(again);
    }

    @Test
    void stopsEarlyAndEndsWithTheBestEpochsModel() throws IOException {
        // By more than any loss: the first epoch stays the best.
        TrainingResult stopped = run(
                "stopped",
                "training.epochs=9",
                "training.early-stopping.patience=1",
                "training.early-stopping.minimum-delta=100",
                "training.early-stopping.restore-best=true");
        run("one", "training.epochs=1");

        assertThat(stopped.epochs()).hasSize(2);
        assertThat(stopped.modelEpoch()).isEqualTo(1);
        assertThat(stopped.ofModel()).isEqualTo(stopped.epochs().get(0));
        assertThat(state("stopped").parameters()).isEqualTo(state("one").parameters());
        assertThat(state("stopped").updater()).isEqualTo(state("one").updater());
    }

    @Test
    void classWeightsAndClippingReachTheStepOfEveryStrategy() throws IOException {
        String[] settings = {
            "training.epochs=1",
            "training.workers=1",
            "training.class-weights=[1, 1, 1, 1, 9, 1, 1, 1, 1, 1]",
            "training.gradient-clipping.norm=0.1"
        };
        for (String strategy : List.of("local", "dl4j-averaging", "all-reduce")) {
            String[] all = Arrays.copyOf(settings, settings.length + 1);
            all[settings.length] = "training.strategy=" + strategy;
            run("stepped-" + strategy, all);
        }
        run("unweighted", "training.epochs=1", "training.gradient-clipping.norm=0.1");
        run("unclipped", "training.epochs=1", settings[2]);

        float[] local = state("stepped-local").parameters();
        assertThat(state("stepped-dl4j-averaging").parameters()).isEqualTo(local);
        assertThat(state("stepped-all-reduce").parameters()).isEqualTo(local);
        assertThat(state("unweighted").parameters()).isNotEqualTo(local);
        assertThat(state("unclipped").parameters()).isNotEqualTo(local);
    }

    @Test
    void evaluatesOnImagesHeldOutOfTheTrainingSet() throws IOException {
        TrainingResult result = run("held-out", "training.epochs=1", "data.test=null", "data.validation-fraction=0.2");

        assertThat(result.last().images()).isEqualTo(IMAGES - 66);
        assertThat(result.last().validationLoss()).isNotNull();
    }

    @Test
    void thePlainSerializerLoadsTheModel() throws IOException {
        run("plain", "training.epochs=1", SmallRuns.WITH_DROPOUT);

        assertThat(ModelSerializer.restoreMultiLayerNetwork(
                                folder.resolve("plain/model/model.zip").toFile(), true)
                        .numParams())
                .isEqualTo(582_026);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "all-reduce", "dl4j-averaging"})
    void stopsAtALossThatIsNotANumber(String strategy) {
        assertThatThrownBy(() -> run(
                        "diverged-" + strategy,
                        "training.strategy=" + strategy,
                        "training.epochs=5",
                        SmallRuns.WITH_DROPOUT,
                        "training.optimizer.name=sgd",
                        "training.optimizer.learning-rate=1e5"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot go on training in epoch 1: ")
                .hasMessageContaining("no epoch was finished, so there is no model");
        assertThat(folder.resolve("diverged-" + strategy + "/model")).doesNotExist();
    }

    @Test
    void keepsTheModelOfTheLastGoodEpoch() throws IOException {
        run("good", "training.epochs=1");
        TrainingListener spoiler = new TrainingListener() {
            @Override
            public void epochEnded(EpochMetrics metrics, Network network) {
                network.parameters().putScalar(0, Float.NaN);
            }
        };

        assertThatThrownBy(() -> run("spoiled", List.of(spoiler), "training.epochs=2"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot go on training in epoch 2: ")
                .hasMessageContaining("the model of epoch 1 is in ");
        assertThat(state("spoiled").parameters()).isEqualTo(state("good").parameters());
    }

    @Test
    void doesNotOverwriteARun() throws IOException {
        run("kept", "training.epochs=1");

        assertThatThrownBy(() -> run("kept", "training.epochs=1"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it holds one already");
    }

    @Test
    void saysThatLocalHasOneReplicaWhateverWorkersSays() throws IOException {
        List<String> notices = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void noticed(String notice) {
                notices.add(notice);
            }
        };

        run("ignored-1", List.of(listener), "training.epochs=1", "training.workers=1");
        assertThat(notices).noneMatch(notice -> notice.contains("training.workers"));

        run("ignored-2", List.of(listener), "training.epochs=1", "training.workers=2");
        assertThat(notices)
                .contains("training.workers = 2 has no effect: training.strategy = local is one replica on all cores");
    }

    private TrainingResult run(String name, String... settings) throws IOException {
        return run(name, List.of(), settings);
    }

    private TrainingResult run(String name, List<TrainingListener> listeners, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + folder.resolve("train.csv"),
                "data.test=" + folder.resolve("test.csv"),
                "training.batch-size=32",
                "network.name=all-convolutional",
                "training.strategy=local",
                "device.threads=1"));
        all.addAll(Arrays.asList(settings));
        Configuration configuration = ConfigurationReader.read(name, "", all);
        return new TrainingRun(
                        spark(),
                        configuration,
                        storage(),
                        storage().path(folder.resolve(name).toString()),
                        listeners)
                .execute();
    }

    private NetworkState state(String name) {
        return NetworkState.of(
                ModelFolder.load(storage(), folder.resolve(name).toString()).network());
    }

    private Storage storage() {
        return Storage.ofLocalMaster(jsc().hadoopConfiguration());
    }
}
