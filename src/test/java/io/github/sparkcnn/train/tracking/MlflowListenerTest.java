package io.github.sparkcnn.train.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.track.mlflow.FakeMlflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MlflowListenerTest {

    @TempDir
    Path folder;

    private final Storage storage = Storage.ofLocalMaster(new org.apache.hadoop.conf.Configuration(false));
    private final List<String> notices = new ArrayList<>();
    private FakeMlflow server;

    @BeforeEach
    void start() throws IOException {
        server = FakeMlflow.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRunThatCanHaveNoOnnxModelIsKeptWithoutOne() throws IOException {
        Files.writeString(folder.resolve("report.html"), "<p>");
        MlflowListener listener = listener();
        listener.started(Map.of("training.epochs", 1, "tracking.mlflow.experiment", "sparkcnn"));
        listener.begun(List.of());
        listener.succeeded();
        listener.ended();

        FakeMlflow.Run told = server.runs().get(0);
        assertThat(notices)
                .singleElement()
                .asString()
                .startsWith("Note: MLflow gets no ONNX model of this run: Cannot load model file:" + folder);
        assertThat(told.params).containsOnlyKeys("training.epochs");
        assertThat(told.artifacts).containsOnlyKeys("report.html");
        assertThat(told.status).isEqualTo("FINISHED");
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void whatARunHasDoneBeforeIsToldWhereMlflowLacksIt() {
        MlflowListener listener = listener();
        listener.begun(List.of());
        listener.resumed(List.of(epoch(1), epoch(2), epoch(3)), List.of(step(1, 10), step(3, 30)));
        listener.stepsTrained(List.of(step(4, 35), step(4, 40)));
        listener.epochEnded(epoch(4), null);
        listener.ended();

        FakeMlflow.Run told = server.runs().get(0);
        assertThat(told.metrics.get("train_loss")).containsExactly("1:1.0", "2:0.5", "3:0.3333333333333333", "4:0.25");
        assertThat(told.metrics.get("train_loss_step"))
                .containsExactly("10:0.1", "30:0.03333333333333333", "35:0.02857142857142857", "40:0.025");
        assertThat(told.metrics).doesNotContainKey("validation_loss");
        assertThat(told.status).isEqualTo("FAILED");
    }

    @Test
    void filesOfOneNameAreSeveralAndThoseOfMoreThanFiftyAreCounted() {
        MlflowListener listener = listener();
        listener.begun(IntStream.range(0, 60)
                .mapToObj(i -> new DataFile("file:/data/" + i + "/images+.csv", i, "abc" + i))
                .toList());
        listener.ended();

        FakeMlflow.Run told = server.runs().get(0);
        assertThat(told.tags.keySet())
                .filteredOn(key -> key.startsWith("file."))
                .hasSize(50);
        assertThat(told.tags)
                .containsEntry("files", "60")
                .containsEntry("file.images_.csv", "md5 abc0, 0 bytes, file:/data/0/images+.csv");
        assertThat(server.violations()).isEmpty();
    }

    /** What is read need not have a path. */
    @Test
    void tablesAndTheSampleHaveTheirSumsToo() {
        MlflowListener listener = listener();
        listener.begun(List.of(new DataFile("sample:train", 1, "a"), new DataFile("table:db.photos", 2, "b")));
        listener.ended();

        assertThat(server.runs().get(0).tags.keySet())
                .filteredOn(key -> key.startsWith("file."))
                .hasSize(2)
                .allSatisfy(key -> assertThat(key).matches("file.(sample|table).+"));
        assertThat(server.violations()).isEmpty();
    }

    @Test
    @Timeout(60)
    void aRunOfItsOwnInTheFolderOfAnotherIsAnother() throws IOException {
        listener().begun(List.of());
        while (!Files.exists(folder.resolve("mlflow.json"))) {
            LockSupport.parkNanos(1_000_000);
        }
        MlflowListener anew = listener();
        anew.anew();
        anew.begun(List.of());
        anew.ended();
        MlflowListener on = listener();
        on.begun(List.of());
        on.ended();

        assertThat(server.runs()).extracting(run -> run.status).containsExactly("RUNNING", "FAILED");
        assertThat(Files.readString(folder.resolve("mlflow.json")))
                .contains(server.runs().get(1).id);
    }

    @Test
    void whatCannotBeToldCostsTheTrainingOneLine() {
        MlflowListener listener = listener();
        listener.started(Collections.singletonMap(null, "no key"));
        listener.begun(List.of());
        listener.resumed(List.of(epoch(1)), List.of());
        listener.epochEnded(epoch(2), null);
        listener.succeeded();
        listener.ended();

        assertThat(notices)
                .singleElement()
                .asString()
                .startsWith("Warning: MLflow at " + server.uri() + " does not have all of this run: ");
        assertThat(server.calls()).isEmpty();
    }

    private static EpochMetrics epoch(int number) {
        return new EpochMetrics(number, 1.0 / number, null, null, 0.1, 100, 2, 50, 2);
    }

    private static StepMetrics step(int epoch, int step) {
        return new StepMetrics(epoch, step, 100, 1.0 / step, 0.1);
    }

    private MlflowListener listener() {
        Configuration configuration =
                ConfigurationReader.read("test", "", List.of("tracking.mlflow.uri=" + server.uri()));
        return ParentRun.NONE
                .listener(configuration, storage, storage.path(folder.toString()), Map.of("java", "17"), notices::add)
                .orElseThrow();
    }
}
