package io.github.sparkcnn.track.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder is read back as MLflow's file store reads it: its keys and their types, a file a parameter, a line a value. */
class FolderStoreTest {

    private static final Storage STORAGE = Storage.ofLocalMaster(new Configuration(false));

    @TempDir
    Path folder;

    @Test
    void isLaidOutAsMlflowReadsIt() throws IOException {
        Files.writeString(folder.resolve("report.html"), "<p>");
        TrackedRun run = run("it's \"mine\": #1");
        run.begin(Map.of("training.epochs", 3, "text", "zwei\nZeilen é"), Map.of("t", "u"), Optional.empty());
        run.metrics(Map.of("train_loss", 0.5, "learning_rate", 1e-5), 1);
        run.metrics(Map.of("train_loss", Double.POSITIVE_INFINITY), 2);
        run.artifact(STORAGE.path(folder.resolve("report.html").toString()));
        run.model(new byte[] {1}, new ModelSignature("pixels", ImageShape.MNIST, List.of("probabilities"), 10));
        run.end(RunStatus.FINISHED);

        assertThat(run.warning()).isEmpty();
        Path experiment = only(folder.resolve("mlruns"));
        Map<?, ?> ofExperiment = Yaml.read(Files.readAllBytes(experiment.resolve("meta.yaml")));
        assertThat(ofExperiment.keySet())
                .hasToString(
                        "[artifact_location, creation_time, experiment_id, last_update_time, lifecycle_stage, name]");
        assertThat(ofExperiment.get("experiment_id"))
                .isEqualTo(experiment.getFileName().toString());
        assertThat(ofExperiment.get("experiment_id").toString()).matches("[1-9]\\d{17}");
        assertThat(ofExperiment.get("name")).isEqualTo("sparkcnn");
        assertThat(ofExperiment.get("lifecycle_stage")).isEqualTo("active");
        assertThat(ofExperiment.get("artifact_location")).isEqualTo("file://" + experiment);
        assertThat(ofExperiment.get("creation_time")).isInstanceOf(Long.class);

        Path home = only(experiment);
        Map<?, ?> ofRun = Yaml.read(Files.readAllBytes(home.resolve("meta.yaml")));
        assertThat(ofRun.keySet())
                .hasToString(
                        "[artifact_uri, deleted_time, end_time, entry_point_name, experiment_id, lifecycle_stage, run_id,"
                                + " run_name, run_uuid, source_name, source_type, source_version, start_time, status, tags, user_id]");
        assertThat(ofRun.get("artifact_uri")).isEqualTo("file://" + home + "/artifacts");
        assertThat(ofRun.get("experiment_id")).isEqualTo(ofExperiment.get("experiment_id"));
        assertThat(ofRun.get("run_id").toString())
                .matches("[0-9a-f]{32}")
                .isEqualTo(home.getFileName().toString());
        assertThat(ofRun.get("run_uuid")).isEqualTo(ofRun.get("run_id"));
        assertThat(ofRun.get("run_name")).isEqualTo("it's \"mine\": #1");
        assertThat(ofRun.get("status")).as("FINISHED").isEqualTo(3);
        assertThat((Long) ofRun.get("end_time")).isGreaterThanOrEqualTo((Long) ofRun.get("start_time"));
        assertThat(ofRun.get("tags")).isEqualTo(List.of());
        assertThat(ofRun.get("source_type")).isEqualTo(4);

        assertThat(home.resolve("params/training.epochs")).hasContent("3");
        assertThat(Files.readString(home.resolve("params/text"))).isEqualTo("zwei\nZeilen é");
        assertThat(home.resolve("tags/t")).hasContent("u");
        assertThat(Files.readString(home.resolve("tags/mlflow.runName"))).isEqualTo("it's \"mine\": #1");
        List<String> losses = Files.readAllLines(home.resolve("metrics/train_loss"));
        assertThat(losses).hasSize(2);
        assertThat(losses.get(0)).matches("1[67]\\d{11} 0\\.5 1|1[89]\\d{11} 0\\.5 1");
        assertThat(losses.get(1)).endsWith(" Infinity 2");
        assertThat(Double.parseDouble(
                        Files.readString(home.resolve("metrics/learning_rate")).split(" ", -1)[1]))
                .isEqualTo(1e-5);
        assertThat(home.resolve("artifacts/report.html")).hasContent("<p>");
        assertThat(home.resolve("artifacts/onnx/MLmodel")).exists();
        assertThat(home.resolve("tags/mlflow.log-model.history")).content().contains("\"artifact_path\":\"onnx\"");
    }

    @Test
    void anExperimentThatMlflowHasWrittenIsGoneOnIn() throws IOException {
        Path deleted = Files.createDirectories(folder.resolve("mlruns/123"));
        Files.writeString(deleted.resolve("meta.yaml"), meta("123", "sparkcnn", "deleted"));
        Path named = Files.createDirectories(folder.resolve("mlruns/987654321012345678"));
        Files.writeString(named.resolve("meta.yaml"), meta("'987654321012345678'", "sparkcnn", "active"));
        Files.createDirectories(folder.resolve("mlruns/.trash"));
        Files.createDirectories(folder.resolve("mlruns/models"));

        TrackedRun run = run("mine");
        run.begin(Map.of(), Map.of(), Optional.empty());
        run.end(RunStatus.FAILED);

        assertThat(run.warning()).isEmpty();
        Map<?, ?> ofRun = Yaml.read(Files.readAllBytes(only(named).resolve("meta.yaml")));
        assertThat(ofRun.get("experiment_id")).isEqualTo("987654321012345678");
        assertThat(ofRun.get("status")).as("FAILED").isEqualTo(4);
    }

    @Test
    void runsThatBeginAtOnceAreOfOneExperiment() throws Exception {
        for (int round = 0; round < 10; round++) {
            Path root = folder.resolve("mlruns" + round);
            CyclicBarrier barrier = new CyclicBarrier(2);
            Callable<Object> begin = () -> {
                FolderStore store = new FolderStore(STORAGE, STORAGE.path(root.toString()));
                barrier.await();
                return store.create("sparkcnn", "mine", 1, Map.of());
            };
            FutureTask<Object> other = new FutureTask<>(begin);
            new Thread(other).start();
            begin.call();
            other.get();

            try (Stream<Path> runs = Files.list(only(root))) {
                assertThat(runs.filter(Files::isDirectory)).hasSize(2);
            }
        }
    }

    @Test
    void anExperimentThatWasDeletedIsFollowedByAnother() throws IOException {
        track();
        Path first = only(folder.resolve("mlruns"));
        String meta = Files.readString(first.resolve("meta.yaml"));
        Files.writeString(first.resolve("meta.yaml"), meta.replace("active", "deleted"));

        track();
        track();

        try (Stream<Path> experiments = Files.list(folder.resolve("mlruns"))) {
            assertThat(experiments).hasSize(2).contains(first);
        }
        assertThat(first.resolve("meta.yaml")).content().contains("deleted");
    }

    private void track() {
        TrackedRun run = run("mine");
        run.begin(Map.of(), Map.of(), Optional.empty());
        run.end(RunStatus.FINISHED);
        assertThat(run.warning()).isEmpty();
    }

    @Test
    void aNameThatMlflowHasWrittenInAnyOfYamlsWaysIsRead() throws IOException {
        for (String written :
                List.of("it's, no: more", "'it''s, no: more'", "\"it's, no: more\"", "'it''s,\n  no: more'")) {
            assertThat(MetaFile.read(("a: 1\nname: " + written + "\nz: null\n").getBytes(UTF_8)))
                    .containsEntry("name", "it's, no: more")
                    .containsEntry("z", "null");
        }
    }

    @Test
    void aRunGoesOnInTheSameFolder() throws IOException {
        Optional<org.apache.hadoop.fs.Path> kept =
                Optional.of(STORAGE.path(folder.resolve("mlflow.json").toString()));
        TrackedRun first = run("mine");
        first.begin(Map.of("epochs", 1), Map.of(), kept);
        first.metrics(Map.of("loss", 0.5), 1);
        first.metric("loss_step", new TreeMap<>(Map.of(7L, 0.75, 14L, 0.25)));
        first.end(RunStatus.FAILED);
        TrackedRun second = run("mine");
        second.begin(Map.of("epochs", 2), Map.of(), kept);
        second.metrics(Map.of("loss", 0.5), 1);
        second.metrics(Map.of("loss", 0.25), 2);
        second.metric("loss_step", new TreeMap<>(Map.of(14L, 0.25, 21L, 0.125)));

        Path home = only(only(folder.resolve("mlruns")));
        second.end(RunStatus.FINISHED);

        assertThat(Files.readAllLines(home.resolve("metrics/loss"))).hasSize(2);
        assertThat(Files.readAllLines(home.resolve("metrics/loss_step")))
                .extracting(line -> line.substring(line.indexOf(' ') + 1))
                .containsExactly("0.75 7", "0.25 14", "0.125 21");
        assertThat(home.resolve("params/epochs")).hasContent("1");
        assertThat(home.resolve("tags/resumed.epochs")).hasContent("2");
        assertThat(Yaml.read(Files.readAllBytes(home.resolve("meta.yaml"))).get("status"))
                .isEqualTo(3);
    }

    @Test
    void aFolderThatCannotBeWrittenCostsOneLine() throws IOException {
        Files.writeString(folder.resolve("mlruns"), "a file");

        TrackedRun run = run("mine");
        run.begin(Map.of(), Map.of(), Optional.empty());
        run.end(RunStatus.FINISHED);

        assertThat(run.warning().orElseThrow().lines()).hasSize(1);
    }

    private static String meta(String id, String name, String stage) {
        return "artifact_location: file:///x\ncreation_time: 1700000000000\nexperiment_id: " + id
                + "\nlast_update_time: 1700000000000\nlifecycle_stage: " + stage + "\nname: " + name + "\n";
    }

    private TrackedRun run(String name) {
        return TrackedRun.of(TrackedRunTest.config("file:" + folder.resolve("mlruns")), name, STORAGE);
    }

    private static Path only(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            List<Path> folders = files.filter(Files::isDirectory)
                    .filter(file -> Files.exists(file.resolve("meta.yaml")))
                    .toList();
            assertThat(folders).hasSize(1);
            return folders.get(0);
        }
    }
}
