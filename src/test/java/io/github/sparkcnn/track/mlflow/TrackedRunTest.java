package io.github.sparkcnn.track.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.MlflowConfig;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that holds every request to MLflow's REST definition. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TrackedRunTest {

    private static final Storage STORAGE = Storage.ofLocalMaster(new Configuration(false));
    private static final Patience SHORT = new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));

    @TempDir
    Path folder;

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
    void aWholeRunIsToldFieldByFieldAsTheRestApiHasIt() throws IOException {
        Files.createDirectories(folder.resolve("model"));
        Files.write(folder.resolve("model/model.zip"), new byte[300_000]);
        Files.writeString(folder.resolve("model/model.json"), "{}");
        Files.writeString(folder.resolve("report of today.html"), "<p>é</p>");
        Files.writeString(folder.resolve("empty"), "");
        long before = System.currentTimeMillis();

        TrackedRun run = run(server.uri());
        run.begin(Map.of("training.epochs", 3, "data.labels.\"T-shirt/top\"", "a"), Map.of("t", "u"), Optional.empty());
        run.metrics(Map.of("train_loss", 0.5, "validation_loss", Double.NaN), 1);
        run.metrics(Map.of("train_loss", 0.25), 2);
        for (String name : List.of("report of today.html", "model", "empty", "notthere")) {
            run.artifact(path(name));
        }
        run.end(RunStatus.FINISHED);

        assertThat(run.warning()).isEmpty();
        assertThat(server.violations()).isEmpty();
        assertThat(server.calls().subList(0, 4))
                .containsExactly(
                        "GET /api/2.0/mlflow/experiments/get-by-name",
                        "POST /api/2.0/mlflow/experiments/create",
                        "POST /api/2.0/mlflow/runs/create",
                        "POST /api/2.0/mlflow/runs/log-batch");
        FakeMlflow.Run told = server.runs().get(0);
        assertThat(told.name).isEqualTo("mine");
        assertThat(told.status).isEqualTo("FINISHED");
        assertThat(told.start).isBetween(before, told.end);
        assertThat(told.params)
                .containsOnly(Map.entry("training.epochs", "3"), Map.entry("data.labels._T-shirt_top_", "a"));
        assertThat(told.tags)
                .containsEntry("t", "u")
                .containsEntry("mlflow.runName", "mine")
                .containsEntry("mlflow.source.type", "JOB")
                .containsKey("mlflow.user")
                .doesNotContainKey("mlflow.parentRunId");
        assertThat(told.metrics)
                .containsEntry("train_loss", List.of("1:0.5", "2:0.25"))
                .containsEntry("validation_loss", List.of("1:NaN"));
        assertThat(told.artifacts.keySet())
                .containsExactlyInAnyOrder("report of today.html", "model/model.zip", "model/model.json", "empty");
        assertThat(told.artifacts.get("model/model.zip")).hasSize(300_000);
        assertThat(told.artifacts.get("report of today.html")).asString().isEqualTo("<p>é</p>");
        assertThat(server.experiments()).containsKey("sparkcnn");
        assertThat(server.authorizations()).containsOnly("null");
    }

    @Test
    void manyParametersGoInSeveralCallsAndLongOnesAreCut() {
        Map<String, String> params = new TreeMap<>();
        for (int i = 0; i < 250; i++) {
            params.put("p" + i, "v" + i);
        }
        params.put("long", "x".repeat(7000));

        TrackedRun run = run(server.uri());
        run.begin(params, Map.of("long", "y".repeat(9000)), Optional.empty());
        run.end(RunStatus.FINISHED);

        FakeMlflow.Run told = server.runs().get(0);
        assertThat(server.violations()).isEmpty();
        assertThat(told.params).hasSize(251);
        assertThat(told.params.get("long")).hasSize(6000).endsWith("x...");
        assertThat(told.tags.get("long")).hasSize(5000);
        assertThat(server.calls())
                .filteredOn(call -> call.endsWith("log-batch"))
                .hasSize(3);
    }

    @Test
    void manyValuesOfAMetricGoInFewCallsAndThoseThatAreThereAreNotSentAgain() {
        TreeMap<Long, Double> values = new TreeMap<>();
        for (long step = 10; step <= 25_000; step += 10) {
            values.put(step, 1.0 / step);
        }
        Optional<org.apache.hadoop.fs.Path> kept = Optional.of(path("mlflow.json"));

        TrackedRun run = run(server.uri());
        run.begin(Map.of(), Map.of(), kept);
        run.metric("train_loss_step", values.headMap(24_001L));
        run.metrics(Map.of("train_loss", 0.5), 1);
        run.end(RunStatus.FAILED);
        assertThat(server.calls())
                .filteredOn(call -> call.endsWith("log-batch"))
                .as("2,400 values, an epoch, the tags")
                .hasSize(3 + 1);

        TrackedRun again = run(server.uri());
        again.begin(Map.of(), Map.of(), kept);
        again.metric("train_loss_step", values);
        again.metrics(Map.of("train_loss", 0.5), 1);
        again.metrics(Map.of("train_loss", 0.25), 2);
        again.end(RunStatus.FINISHED);

        FakeMlflow.Run told = server.runs().get(0);
        assertThat(server.violations()).isEmpty();
        assertThat(server.runs()).hasSize(1);
        assertThat(told.metrics.get("train_loss_step"))
                .hasSize(2500)
                .startsWith("10:0.1")
                .endsWith("25000:4.0E-5");
        assertThat(told.metrics.get("train_loss"))
                .as("epochs are few, whatever steps there are")
                .containsExactly("1:0.5", "2:0.25");
    }

    @Test
    void olderServersGetShorterParameters() {
        for (int length : List.of(500, 250)) {
            server.takesParamsOf(length);

            TrackedRun run = run(server.uri());
            run.begin(Map.of("long", "x".repeat(7000), "short", "y"), Map.of(), Optional.empty());
            run.end(RunStatus.FINISHED);

            FakeMlflow.Run told = server.runs().get(server.runs().size() - 1);
            assertThat(told.params.get("long")).hasSize(length);
            assertThat(told.params).containsEntry("short", "y");
            assertThat(told.status).isEqualTo("FINISHED");
        }
    }

    @Test
    void anExperimentThatSomebodyElseJustCreatedIsTaken() {
        server.losesTheRaceForTheExperiment();

        track(run(server.uri()));

        assertThat(server.runs()).extracting(run -> run.experiment).containsExactly("77");
    }

    @Test
    void runsWithinARunNameIt() {
        TrackedRun parent = run(server.uri());
        parent.begin(Map.of(), Map.of(), Optional.empty());
        for (String name : List.of("one", "two")) {
            TrackedRun child = parent.child(name);
            child.begin(Map.of("p", name), Map.of(), Optional.empty());
            child.end(RunStatus.FINISHED);
        }
        parent.end(RunStatus.FAILED);

        assertThat(server.violations()).isEmpty();
        assertThat(server.runs()).extracting(run -> run.name).containsExactly("mine", "one", "two");
        assertThat(server.runs()).extracting(run -> run.status).containsExactly("FAILED", "FINISHED", "FINISHED");
        String id = server.runs().get(0).id;
        assertThat(server.runs().subList(1, 3))
                .allSatisfy(run -> assertThat(run.tags).containsEntry("mlflow.parentRunId", id));
    }

    @Test
    void aRunOfRunsThatAreAllRefusedLeavesNothingBehind() {
        TrackedRun parent = run(server.uri());
        parent.beginWithChild(Map.of("p", 1), Map.of(), Optional.empty());
        parent.child("one").end(RunStatus.FAILED);
        parent.metrics(Map.of("loss", 1.0), 1);
        parent.artifact(path("a.txt"));
        parent.end(RunStatus.FAILED);
        assertThat(parent.warning()).isEmpty();
        assertThat(server.calls()).isEmpty();

        parent = run(server.uri());
        parent.beginWithChild(Map.of("p", 1), Map.of(), Optional.empty());
        track(parent.child("one"));
        track(parent.child("two"));
        parent.end(RunStatus.FINISHED);

        assertThat(server.runs()).extracting(run -> run.name).containsExactly("mine", "one", "two");
        assertThat(server.runs().get(0).params).containsEntry("p", "1");
        assertThat(server.runs().get(2).tags)
                .containsEntry("mlflow.parentRunId", server.runs().get(0).id);
    }

    /** The first is still reading what the parent is begun with when the second comes. */
    @Test
    void ofTwoRunsThatBeginAtOnceNeitherIsBeforeTheirParent() throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        Map<String, String> slow = new TreeMap<>(Map.of("p", "1")) {
            private static final long serialVersionUID = 1L;

            @Override
            public void forEach(BiConsumer<? super String, ? super String> action) {
                reading.countDown();
                LockSupport.parkNanos(300_000_000);
                super.forEach(action);
            }
        };
        TrackedRun parent = run(server.uri());
        parent.beginWithChild(slow, Map.of(), Optional.empty());
        Thread other = new Thread(() -> track(parent.child("one")));
        other.start();
        reading.await();
        track(parent.child("two"));
        other.join();
        parent.end(RunStatus.FINISHED);

        assertThat(parent.warning()).isEmpty();
        assertThat(server.runs())
                .hasSize(3)
                .first()
                .satisfies(run -> assertThat(run.name).isEqualTo("mine"));
        assertThat(server.runs().subList(1, 3))
                .allSatisfy(run -> assertThat(run.tags)
                        .containsEntry("mlflow.parentRunId", server.runs().get(0).id));
    }

    @Test
    void aRunOfRunsThatGoesOnIsTheSame() {
        Optional<org.apache.hadoop.fs.Path> kept = Optional.of(path("mlflow.json"));
        for (String name : List.of("one", "two")) {
            TrackedRun parent = run(server.uri());
            parent.beginWithChild(Map.of("p", 1), Map.of(), kept);
            track(parent.child(name));
            parent.end(name.equals("one") ? RunStatus.FAILED : RunStatus.FINISHED);
        }

        assertThat(server.violations()).isEmpty();
        assertThat(server.runs()).extracting(run -> run.name).containsExactly("mine", "one", "two");
        assertThat(server.runs().get(0).status).isEqualTo("FINISHED");
        assertThat(server.runs().get(2).tags)
                .containsEntry("mlflow.parentRunId", server.runs().get(0).id);
    }

    @Test
    void aRunThatGoesOnIsTheSameAndNothingIsLoggedTwice() throws IOException {
        Optional<org.apache.hadoop.fs.Path> kept = Optional.of(path("mlflow.json"));
        TrackedRun first = run(server.uri());
        first.begin(Map.of("epochs", 2, "long", "x".repeat(7000)), Map.of(), kept);
        first.metrics(Map.of("loss", 0.5), 1);
        first.metrics(Map.of("loss", 0.4), 2);
        first.end(RunStatus.FAILED);

        TrackedRun second = run(server.uri());
        second.begin(Map.of("epochs", 3, "new", 1, "long", "x".repeat(7000)), Map.of(), kept);
        for (int epoch = 1; epoch <= 3; epoch++) {
            second.metrics(Map.of("loss", 0.1 * epoch), epoch);
        }
        second.end(RunStatus.FINISHED);

        assertThat(server.violations()).isEmpty();
        assertThat(server.runs()).hasSize(1);
        FakeMlflow.Run told = server.runs().get(0);
        assertThat(told.metrics.get("loss")).containsExactly("1:0.5", "2:0.4", "3:0.30000000000000004");
        assertThat(told.params).containsEntry("epochs", "2").containsEntry("new", "1");
        assertThat(told.tags).containsEntry("resumed.epochs", "3").doesNotContainKey("resumed.long");
        assertThat(told.status).isEqualTo("FINISHED");
        assertThat(Files.readString(folder.resolve("mlflow.json"))).contains(server.uri(), told.id);
    }

    @Test
    void aRunThatIsNoLongerThereIsBegunAnew() {
        Optional<org.apache.hadoop.fs.Path> kept = Optional.of(path("mlflow.json"));
        TrackedRun first = run(server.uri());
        first.begin(Map.of(), Map.of(), kept);
        first.end(RunStatus.FAILED);
        server.runs().get(0).stage = "deleted";

        TrackedRun second = run(server.uri());
        second.begin(Map.of(), Map.of(), kept);
        second.end(RunStatus.FINISHED);

        assertThat(server.runs()).extracting(run -> run.status).containsExactly("FAILED", "FINISHED");
    }

    @Test
    void aFolderThatSaysNonsenseOfItsRunCostsOneLine() throws IOException {
        Files.writeString(folder.resolve("mlflow.json"), "<html>");

        TrackedRun run = run(server.uri());
        run.begin(Map.of(), Map.of(), Optional.of(path("mlflow.json")));
        run.end(RunStatus.FINISHED);

        assertThat(run.warning().orElseThrow()).contains("mlflow.json does not say which run it was (");
        assertThat(server.runs()).isEmpty();
    }

    @Test
    void theOnnxModelIsAModelFolderOfMlflows() throws IOException {
        TrackedRun run = run(server.uri());
        run.begin(Map.of(), Map.of(), Optional.empty());
        run.model(
                new byte[] {1, 2, 3},
                new ModelSignature("pixels", new ImageShape(3, 32, 40), List.of("logits", "probabilities"), 7));
        run.end(RunStatus.FINISHED);

        FakeMlflow.Run told = server.runs().get(0);
        assertThat(told.artifacts.keySet())
                .containsExactlyInAnyOrder("onnx/MLmodel", "onnx/model.onnx", "onnx/requirements.txt");
        assertThat(told.artifacts.get("onnx/model.onnx")).containsExactly(1, 2, 3);
        Map<?, ?> model = Yaml.read(told.artifacts.get("onnx/MLmodel"));
        assertThat(model.get("run_id")).isEqualTo(told.id);
        assertThat(model.get("artifact_path")).isEqualTo("onnx");
        Map<?, ?> flavors = (Map<?, ?>) model.get("flavors");
        assertThat(((Map<?, ?>) flavors.get("onnx")).get("data")).isEqualTo("model.onnx");
        assertThat(((Map<?, ?>) flavors.get("onnx")).get("onnx_version")).isEqualTo("1.10.0");
        assertThat(((Map<?, ?>) flavors.get("python_function")).get("loader_module"))
                .isEqualTo("mlflow.onnx");
        Map<?, ?> signature = (Map<?, ?>) model.get("signature");
        JsonNode input =
                new ObjectMapper().readTree((String) signature.get("inputs")).get(0);
        assertThat(input.get("name").asText()).isEqualTo("pixels");
        assertThat(input.get("type").asText()).isEqualTo("tensor");
        assertThat(input.get("tensor-spec")).hasToString("{\"dtype\":\"float32\",\"shape\":[-1,3,32,40]}");
        JsonNode outputs = new ObjectMapper().readTree((String) signature.get("outputs"));
        assertThat(outputs.get(1).get("tensor-spec")).hasToString("{\"dtype\":\"float32\",\"shape\":[-1,7]}");
        JsonNode history = new ObjectMapper().readTree(told.tags.get("mlflow.log-model.history"));
        assertThat(history.get(0).get("run_id").asText()).isEqualTo(told.id);
        assertThat(history.get(0).get("model_uuid").asText()).isEqualTo(model.get("model_uuid"));
        assertThat(history.get(0).get("flavors").get("onnx").get("data").asText())
                .isEqualTo("model.onnx");
    }

    @Test
    void artifactsOfAFolderHereAreWrittenThere() throws IOException {
        server.keepsArtifactsIn(
                Files.createDirectories(folder.resolve("store")).toUri().toString());
        Files.writeString(folder.resolve("a.txt"), "a");

        TrackedRun run = run(server.uri());
        run.begin(Map.of(), Map.of(), Optional.empty());
        run.artifact(path("a.txt"));
        run.end(RunStatus.FINISHED);

        FakeMlflow.Run told = server.runs().get(0);
        assertThat(run.warning()).isEmpty();
        assertThat(folder.resolve("store/" + told.experiment + "/" + told.id + "/artifacts/a.txt"))
                .hasContent("a");
    }

    @Test
    void artifactsThatCannotBeSentAreSaidOnceAndTheRestGoesOn() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "a");
        String elsewhere = folder.resolve("behind a tunnel").toUri() + "/";
        for (String place :
                List.of("nosuchfs://bucket/", "./mlruns/", "http://127.0.0.2:1/x/", "not a uri/", elsewhere)) {
            server.keepsArtifactsIn(place);
            TrackedRun run = run(server.uri());
            run.begin(Map.of(), Map.of(), Optional.empty());
            run.artifact(path("a.txt"));
            run.artifact(path("a.txt"));
            run.metrics(Map.of("loss", 1.0), 1);
            run.end(RunStatus.FINISHED);

            assertThat(run.warning().orElseThrow())
                    .startsWith("Warning: MLflow at " + server.uri()
                            + " gets no artifacts of this run, which are in its folder: " + place);
            assertThat(run.warning()).isEmpty();
            FakeMlflow.Run told = server.runs().get(server.runs().size() - 1);
            assertThat(told.status).isEqualTo("FINISHED");
            assertThat(told.metrics).containsKey("loss");
        }
        assertThat(folder.resolve("behind a tunnel")).doesNotExist();
    }

    @Test
    void aServerThatTakesNoArtifactsIsSaidToBe() throws IOException {
        server.servesNoArtifacts();
        Files.writeString(folder.resolve("a.txt"), "a");

        TrackedRun run = run(server.uri());
        run.begin(Map.of(), Map.of(), Optional.empty());
        run.artifact(path("a.txt"));
        run.end(RunStatus.FINISHED);

        assertThat(run.warning().orElseThrow()).contains("503 SERVICE_UNDER_MAINTENANCE: Artifacts are not served");
        assertThat(server.runs().get(0).status).isEqualTo("FINISHED");
    }

    @Test
    void aServerThatIsDownCostsOneLine() {
        String uri = server.uri();
        server.close();

        TrackedRun run = run(uri);
        track(run);

        assertThat(run.warning())
                .contains("Warning: MLflow at " + uri + " does not have all of this run: nobody answers there");
        assertThat(run.warning()).isEmpty();
    }

    @Test
    void aServerThatHangsIsLeftAfterItsTime() {
        TrackedRun run = run(server.uri());
        beginAndWait(run);
        server.answersNoMore();
        long start = System.nanoTime();
        for (int epoch = 1; epoch <= 100; epoch++) {
            run.metrics(Map.of("loss", 1.0), epoch);
        }
        assertThat(seconds(start)).isLessThan(2.5); // it waits for none
        run.end(RunStatus.FINISHED);

        assertThat(seconds(start)).isLessThan(12);
        assertThat(run.warning())
                .contains("Warning: MLflow at " + server.uri()
                        + " does not have all of this run: it did not answer within 5.0 s");
    }

    @Test
    void afterAFailureNothingIsTried() {
        TrackedRun run = run(server.uri());
        beginAndWait(run);
        server.answersAlways(500, "text/html", "<html>");
        int before = server.calls().size();
        for (int epoch = 1; epoch <= 100; epoch++) {
            run.metrics(Map.of("loss", 1.0), epoch);
        }
        run.end(RunStatus.FINISHED);

        assertThat(server.calls()).hasSize(before + 1);
        assertThat(run.warning().orElseThrow()).endsWith("it answered 500");
    }

    private void beginAndWait(TrackedRun run) {
        run.begin(Map.of("p", 1), Map.of(), Optional.empty());
        for (int i = 0; i < 10_000 && server.calls().stream().noneMatch(call -> call.endsWith("log-batch")); i++) {
            LockSupport.parkNanos(1_000_000);
        }
        for (int i = 0; i < 10_000 && server.answered() < server.calls().size(); i++) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void theEndIsNotWaitedForLongerThanItsTime() {
        Patience endless = new Patience(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                Duration.ofMillis(500));
        server.answersNoMore();
        TrackedRun run = TrackedRun.of(config(server.uri()), "mine", STORAGE, nobody(), endless);
        long start = System.nanoTime();
        track(run);

        assertThat(seconds(start)).isLessThan(5);
        assertThat(run.warning().orElseThrow()).endsWith("it had not taken all within 0.5 s of the end");
    }

    @Test
    void aSlowStoreOfArtifactsCostsThemAloneAndOnlyTheOutermostRunWaits() throws IOException {
        Patience endless = new Patience(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5));
        Files.writeString(folder.resolve("a.txt"), "a");
        server.takesArtifactsForEver();
        TrackedRun parent = TrackedRun.of(config(server.uri()), "mine", STORAGE, nobody(), endless);
        parent.begin(Map.of(), Map.of(), Optional.empty());
        long start = System.nanoTime();
        for (String name : List.of("one", "two")) {
            TrackedRun child = parent.child(name);
            child.begin(Map.of(), Map.of(), Optional.empty());
            child.artifact(path("a.txt"));
            child.metrics(Map.of("loss", 1.0), 1);
            child.end(RunStatus.FINISHED);
        }
        assertThat(seconds(start)).isLessThan(5); // each would wait three seconds
        parent.end(RunStatus.FINISHED);

        assertThat(seconds(start)).isLessThan(8);
        assertThat(server.runs())
                .hasSize(3)
                .allSatisfy(run -> assertThat(run.status).isEqualTo("FINISHED"));
        assertThat(server.runs().get(2).metrics).containsKey("loss");
        assertThat(server.violations()).isEmpty();
        assertThat(parent.warning())
                .contains(
                        "Warning: MLflow at " + server.uri() + " does not have all artifacts of this run, which are in"
                                + " its folder: it had not taken all within 3.0 s of the end");
    }

    @Test
    void anUploadThatTakesTooLongCostsNoMoreThanArtifacts() throws IOException {
        Patience quick = new Patience(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(300),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1));
        Files.writeString(folder.resolve("a.txt"), "a");
        server.takesArtifactsForEver();
        TrackedRun run = TrackedRun.of(config(server.uri()), "mine", STORAGE, nobody(), quick);
        run.begin(Map.of(), Map.of(), Optional.empty());
        run.artifact(path("a.txt"));
        run.metrics(Map.of("loss", 1.0), 1);
        run.end(RunStatus.FINISHED);

        assertThat(server.runs().get(0).status).isEqualTo("FINISHED");
        assertThat(server.runs().get(0).metrics).containsKey("loss");
        assertThat(run.warning().orElseThrow())
                .endsWith(
                        "does not have all artifacts of this run, which are in its folder: it did not answer within 0.3 s");
    }

    @Test
    void aRunThatIsKilledWhileItSendsAnArtifactIsSaidToBe() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "a");
        server.takesArtifactsForEver();
        TrackedRun run = run(server.uri());
        beginAndWait(run);
        run.artifact(path("a.txt"));
        run.artifact(path("a.txt"));
        run.die();

        assertThat(server.runs().get(0).status).isEqualTo("KILLED");
        run.end(RunStatus.FAILED);
    }

    @Test
    void aLibraryThatIsMissingCostsOneLine() {
        Courier courier = new Courier("there", SHORT);
        courier.send(() -> {
            throw new UnsatisfiedLinkError("no such library");
        });
        courier.finish();
        courier.close();

        assertThat(courier.warning())
                .contains("Warning: MLflow at there does not have all of this run: no such library");
    }

    @Test
    void nonsenseCostsOneLine() {
        assertThat(warningOf(500, "text/html", "<html><body>Internal error</body></html>"))
                .endsWith("it answered 500");
        assertThat(warningOf(200, "text/html", "<!doctype html><title>Log in</title>"))
                .contains("its answer is not MLflow's (");
        assertThat(warningOf(200, "application/json", "{\"experiment\": 7}")).contains("its answer is not MLflow's (");
        assertThat(warningOf(200, "application/json", "{}"))
                .endsWith("its answer is not MLflow's (it has no experiment)");
        assertThat(warningOf(200, "application/json", "")).contains("its answer is not MLflow's (");
        assertThat(warningOf(302, "text/html", "")).endsWith("it answered 302");
        assertThat(warningOf(
                        400,
                        "application/json",
                        "{\"error_code\": \"INVALID_PARAMETER_VALUE\", \"message\": \"not\\u001b[31m so\\nmore\"}"))
                .endsWith("it answered 400 INVALID_PARAMETER_VALUE: not\\u001b[31m so");
        assertThat(warningOf(401, "text/plain", "You are not authenticated"))
                .endsWith("it answered 401 (is MLFLOW_TRACKING_TOKEN set, or MLFLOW_TRACKING_USERNAME and"
                        + " MLFLOW_TRACKING_PASSWORD?)");
        assertThat(warningOf(200, "application/json", "x".repeat(2_000_000))).contains("longer than 1048576 bytes");
    }

    private String warningOf(int status, String type, String body) {
        server.answersAlways(status, type, body);
        int before = server.calls().size();
        TrackedRun run = run(server.uri());
        track(run);
        assertThat(server.calls()).as("after a failure nothing is tried").hasSize(before + 1);
        String warning = run.warning().orElseThrow();
        assertThat(warning.lines()).hasSize(1);
        return warning;
    }

    @Test
    void whoAsksIsInTheEnvironmentAndNowhereElse() {
        Map<String, String> both = Map.of(
                "MLFLOW_TRACKING_TOKEN",
                " s3cret ",
                "MLFLOW_TRACKING_USERNAME",
                "ann",
                "MLFLOW_TRACKING_PASSWORD",
                "pw");
        track(TrackedRun.of(config(server.uri()), "mine", STORAGE, Credentials.of(both::get), SHORT));
        assertThat(server.authorizations()).containsOnly("Basic YW5uOnB3");

        server.authorizations().clear();
        Map<String, String> token = Map.of("MLFLOW_TRACKING_TOKEN", " s3cret ");
        track(TrackedRun.of(config(server.uri()), "mine", STORAGE, Credentials.of(token::get), SHORT));
        assertThat(server.authorizations()).containsOnly("Bearer s3cret");

        assertThat(Credentials.of(token::get)).asString().doesNotContain("s3cret");
        Map<String, String> broken = Map.of("MLFLOW_TRACKING_TOKEN", "s3\ncret");
        assertThatThrownBy(() -> Credentials.of(broken::get))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use the environment: MLFLOW_TRACKING_TOKEN has a blank in it, or a letter that no token"
                                + " has. Set it to the token alone.");
    }

    @Test
    void aRunThatIsKilledIsSaidToBe() {
        TrackedRun run = run(server.uri());
        run.begin(Map.of(), Map.of(), Optional.empty());
        run.die();
        run.end(RunStatus.FAILED);

        assertThat(server.runs().get(0).status).isEqualTo("KILLED");
    }

    private static void track(TrackedRun run) {
        run.begin(Map.of("p", 1), Map.of(), Optional.empty());
        run.metrics(Map.of("loss", 1.0), 1);
        run.end(RunStatus.FINISHED);
    }

    private static TrackedRun run(String uri) {
        return TrackedRun.of(config(uri), "mine", STORAGE, nobody(), SHORT);
    }

    private static Credentials nobody() {
        return Credentials.of(name -> null);
    }

    static MlflowConfig config(String uri) {
        return ConfigurationReader.read("test", "", List.of("tracking.mlflow.uri=" + uri))
                .tracking()
                .mlflow()
                .orElseThrow();
    }

    private org.apache.hadoop.fs.Path path(String name) {
        return STORAGE.path(folder.resolve(name).toString());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
