package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.api.Cnn;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.onnx.OnnxModel;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Versions;
import io.github.sparkcnn.track.mlflow.FakeMlflow;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training runs that are kept in MLflow: the server holds every request to the REST definition. */
class MlflowTrainingTest extends SparkTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 60, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 30, 2);
    }

    @Test
    void aRunIsTrackedAndGoesOnInTheSameOne() throws IOException {
        try (FakeMlflow server = FakeMlflow.start()) {
            EpochMetrics first =
                    runs().train("run", settings(server, "training.epochs=1")).last();
            assertThat(server.runs()).hasSize(1);
            FakeMlflow.Run told = server.runs().get(0);
            assertThat(server.violations()).isEmpty();
            assertThat(told.status).isEqualTo("FINISHED");
            assertThat(told.name).isEqualTo("run");
            assertThat(told.params)
                    .containsEntry("training.epochs", "1")
                    .containsEntry("training.optimizer.learning-rate", "0.001")
                    .containsEntry("data.labels", "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]")
                    .noneSatisfy((key, value) -> assertThat(key).startsWith("tracking."));
            assertThat(told.metrics.keySet())
                    .containsExactly(
                            "images_per_second",
                            "learning_rate",
                            "seconds",
                            "train_loss",
                            "train_loss_step",
                            "validation_accuracy",
                            "validation_loss");
            assertThat(told.metrics.get("train_loss")).containsExactly("1:" + first.trainLoss());
            assertThat(told.metrics.get("validation_accuracy")).containsExactly("1:" + first.validationAccuracy());
            assertThat(told.tags)
                    .containsEntry("mlflow.source.git.commit", Versions.gitCommit())
                    .containsEntry("version.spark", spark().version())
                    .containsEntry("files", "2")
                    .hasEntrySatisfying(
                            "file.train.csv", text -> assertThat(text).matches("md5 [0-9a-f]{32}, .*"));
            assertThat(told.artifacts.keySet())
                    .containsExactlyInAnyOrder(
                            "report.html",
                            "manifest.json",
                            "metrics.jsonl",
                            "steps.jsonl",
                            "model/model.zip",
                            "model/model.json",
                            "onnx/MLmodel",
                            "onnx/model.onnx",
                            "onnx/requirements.txt");
            assertThat(told.artifacts.get("manifest.json")).isEqualTo(bytes("run/manifest.json"));
            assertThat(told.artifacts.get("report.html")).isEqualTo(bytes("run/report.html"));
            assertThat(told.artifacts.get("model/model.zip")).isEqualTo(bytes("run/model/model.zip"));
            try (OnnxModel onnx = OnnxModel.open(told.artifacts.get("onnx/model.onnx"), 1)) {
                assertThat(onnx.classes()).isEqualTo(10);
            }

            runs().resume("run", settings(server, "training.epochs=2"));

            assertThat(server.violations()).isEmpty();
            assertThat(server.runs()).hasSize(1);
            assertThat(told.metrics.get("train_loss"))
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("2:");
            assertThat(told.params).containsEntry("training.epochs", "1");
            assertThat(told.tags).containsEntry("resumed.training.epochs", "2");
            assertThat(told.status).isEqualTo("FINISHED");
        }
    }

    @Test
    void aRunThatFailsIsSaidToAndOneThatIsRefusedIsNotThere() throws IOException {
        try (FakeMlflow server = FakeMlflow.start()) {
            assertThatThrownBy(() -> runs().train(
                                    "refused", settings(server, "training.batch-size=1000", "training.drop-last=true")))
                    .isInstanceOf(UserException.class);
            assertThat(server.calls()).isEmpty();

            TrainingListener failing = new TrainingListener() {
                @Override
                public void epochEnded(EpochMetrics metrics, Network network) {
                    throw new IllegalStateException("spoiled");
                }

                @Override
                public void ended() {
                    throw new IllegalStateException("and then this");
                }
            };
            Configuration configuration = ConfigurationReader.read(
                    "test", "", List.of(settings(server, "network.name=all-convolutional", "training.strategy=local")));
            TrainingRun run = new TrainingRun(
                    spark(),
                    configuration,
                    runs().storage(),
                    runs().storage().path(runs().path("failed")),
                    List.of(failing));
            assertThatThrownBy(run::execute)
                    .hasMessage("spoiled")
                    .hasSuppressedException(new IllegalStateException("and then this"));
            assertThat(server.runs()).extracting(told -> told.status).containsExactly("FAILED");
            assertThat(server.runs().get(0).metrics).containsKey("train_loss");
            assertThat(server.runs().get(0).artifacts).isEmpty();
            assertThat(server.violations()).isEmpty();
        }
    }

    @Test
    void aServerThatIsNotThereCostsOneLineAndNothingElse() throws IOException {
        String uri;
        try (FakeMlflow server = FakeMlflow.start()) {
            uri = server.uri();
        }
        List<String> notices = runs().notices("alone", settings(uri, "training.epochs=2"));

        assertThat(notices)
                .filteredOn(notice -> notice.contains("MLflow"))
                .containsExactly("Warning: MLflow at " + uri + " does not have all of this run: nobody answers there");
        runs().train("untracked", settings("null", "training.epochs=2"));
        assertThat(runs().parameters("alone")).isEqualTo(runs().parameters("untracked"));
        assertThat(folder.resolve("untracked/mlflow.json")).doesNotExist();
    }

    @Test
    void aTableThatIsTrainedOnIsTrackedToo() throws IOException {
        try (FakeMlflow server = FakeMlflow.start()) {
            Cnn cnn = Cnn.on(spark());
            cnn.train(
                    cnn.images(folder.resolve("train.csv").toString()),
                    "network.name = all-convolutional, training { epochs = 1, batch-size = 20, strategy = local },"
                            + " tracking.mlflow { uri = \"" + server.uri()
                            + "\", experiment = tables, run-name = mine }");

            assertThat(server.violations()).isEmpty();
            assertThat(server.experiments()).containsOnlyKeys("tables");
            assertThat(server.runs()).hasSize(1);
            FakeMlflow.Run told = server.runs().get(0);
            assertThat(told.name).isEqualTo("mine");
            assertThat(told.status).isEqualTo("FINISHED");
            assertThat(told.metrics).containsKey("train_loss");
            assertThat(told.artifacts).isEmpty();
        }
    }

    private static SmallRuns runs() {
        return new SmallRuns(spark(), folder);
    }

    private static String[] settings(FakeMlflow server, String... further) {
        return settings(server.uri(), further);
    }

    private static String[] settings(String uri, String... further) {
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + folder.resolve("train.csv"),
                "data.test=" + folder.resolve("test.csv"),
                "training.batch-size=20",
                "tracking.mlflow.uri=" + uri));
        all.addAll(List.of(further));
        return all.toArray(String[]::new);
    }

    private static byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }
}
