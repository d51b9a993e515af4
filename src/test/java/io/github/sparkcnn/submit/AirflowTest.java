package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tasks of the DAG run, in which order, and the commands they are; with a spark-submit that only writes down accuracies. */
class AirflowTest {

    /** Fails as often for each command as FAILURES says; evaluate writes the accuracy in ACCURACY. */
    private static final String SPARK_SUBMIT = """
            #!/usr/bin/env bash
            set -e
            while [[ $1 != *.jar ]]; do shift; done
            command=$2 here=$(dirname "$0")
            echo "$command" >> "$here/calls"
            (($(grep -c "^$command$" "$here/calls") > ${FAILURES:-0})) || exit 1
            while [[ $command == evaluate && $# -gt 0 ]]; do
              if [[ $1 == --output ]]; then
                mkdir -p "$2"
                echo "{\\"accuracy\\": ${ACCURACY:-0.95}, \\"images\\": 100}" > "$2/report.json"
              fi
              shift
            done
            """;

    @TempDir
    Path folder;

    private Map<String, Object> conf;

    @BeforeEach
    void writeSparkSubmit() throws Exception {
        AirflowRun.requirePython();
        Path program = Files.writeString(folder.resolve("spark-submit"), SPARK_SUBMIT);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        conf = new HashMap<>(Map.of("output", folder.resolve("runs").toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void goesFromTheDataToTheModelOnAirflow(String version) throws Exception {
        AirflowRun run = run(Map.of("STAND_IN_AIRFLOW", version));

        assertThat(run.process().exitValue()).as(run.errors()).isZero();
        assertThat(run.states())
                .containsExactly(
                        "download 1 skipped",
                        "check 1 success",
                        "train 1 success",
                        "evaluate 1 success",
                        "gate 1 success",
                        "export 1 success",
                        "compare 1 skipped");
    }

    @Test
    void aRunHasAFolderOfItsOwnWithoutColons() throws Exception {
        AirflowRun run = run(Map.of());
        String mine = folder + "/runs/manual__2026-11-28T06-00-00+00-00";

        assertThat(run.command("train")).containsSubsequence("--output", mine, "--resume");
        assertThat(run.command("evaluate"))
                .containsSubsequence(
                        "--model", mine, "--data", "data/fashion-mnist", "--output", mine + "/evaluation-1");
        assertThat(run.command("export")).containsSubsequence("--onnx", mine + "/export-1/model.onnx");
    }

    @Test
    void aTaskIsTriedThreeTimesAndWritesElsewhereEachTime() throws Exception {
        AirflowRun run = run(Map.of("FAILURES", "2"));

        assertThat(run.process().exitValue()).as(run.errors()).isZero();
        assertThat(run.states())
                .containsSubsequence("train 1 up_for_retry", "train 2 up_for_retry", "train 3 success")
                .contains("evaluate 3 success", "gate 1 success");
        assertThat(run.command("evaluate")).last().asString().endsWith("/evaluation-3");
    }

    @Test
    void whatFailsThreeTimesEndsTheRun() throws Exception {
        AirflowRun run = run(Map.of("FAILURES", "3"));

        assertThat(run.process().exitValue()).isEqualTo(1);
        assertThat(run.states()).contains("check 3 failed", "train upstream_failed", "compare upstream_failed");
    }

    @Test
    void aModelThatIsNotGoodEnoughIsNotExported() throws Exception {
        AirflowRun run = run(Map.of("ACCURACY", "0.8999"));

        assertThat(run.process().exitValue()).isEqualTo(1);
        assertThat(run.states()).endsWith("gate 1 failed", "export upstream_failed", "compare upstream_failed");
        assertThat(run.reason("gate")).isEqualTo("accuracy 0.8999 on 100 images, params.minimum_accuracy 0.9");
    }

    @Test
    void anAccuracyThatIsNoNumberIsNotGoodEnough() throws Exception {
        assertThat(run(Map.of("ACCURACY", "NaN")).states()).contains("gate 1 failed");
    }

    @Test
    void downloadsAndComparesOnRequest() throws Exception {
        conf.putAll(Map.of(
                "download", "mnist",
                "train_data", "hdfs:///data/mnist",
                "test_data", "hdfs:///data/mnist",
                "compare", "1,2"));
        AirflowRun run = run(Map.of());

        assertThat(run.command("download")).endsWith("data", "download", "mnist", "--output", "hdfs:///data/mnist");
        assertThat(run.command("compare"))
                .containsSubsequence("--set", "data.test=hdfs:///data/mnist", "--workers", "1,2", "--output");
        assertThat(run.states()).doesNotContain("download 1 skipped", "compare 1 skipped");
    }

    /** The experiment of its own would train in the driver alone. */
    @Test
    void theExecutorsTrainWhereNobodySaysOtherwise() throws Exception {
        assertThat(settings(run(Map.of()), "train"))
                .containsExactly(
                        "data.train=data/fashion-mnist",
                        "data.test=data/fashion-mnist",
                        "training.strategy=all-reduce");
    }

    @Test
    void aCommandGetsTheSettingsThatItTakes() throws Exception {
        conf.put(
                "settings",
                List.of(
                        "training.strategy=local",
                        "training.epochs=2",
                        "device.threads=2",
                        "data.columns={image = a, label = b}"));
        conf.put("compare", "2");
        AirflowRun run = run(Map.of());

        assertThat(settings(run, "train"))
                .containsExactly(
                        "data.train=data/fashion-mnist",
                        "data.test=data/fashion-mnist",
                        "training.strategy=local",
                        "training.epochs=2",
                        "device.threads=2",
                        "data.columns={image = a, label = b}");
        assertThat(settings(run, "compare")).contains("training.epochs=2").doesNotContain("training.strategy=local");
        assertThat(settings(run, "evaluate"))
                .containsExactly("device.threads=2", "data.columns={image = a, label = b}");
        assertThat(settings(run, "check")).containsExactly("data.columns={image = a, label = b}");
        assertThat(settings(run, "export")).containsExactly("device.threads=2");
    }

    @Test
    void sparkIsWhereTheConnectionSays() throws Exception {
        AirflowRun run = AirflowRun.start(
                folder,
                folder,
                "{\"conn_type\": \"spark\", \"host\": \"host\", \"port\": 7077, \"extra\": {\"deploy-mode\": \"client\"}}",
                conf);
        end(run);

        assertThat(run.command("train"))
                .startsWith("spark-submit", "--master", "spark://host:7077")
                .containsSubsequence("--deploy-mode", "client", "/opt/sparkcnn/lib/sparkcnn-job.jar");
    }

    @Test
    void argumentsOfTheOperatorComeFromTheEnvironment() throws Exception {
        AirflowRun run = run(Map.of(
                "SPARKCNN_SPARK_SUBMIT",
                "{\"conn_id\": \"nobodys\", \"num_executors\": 4, \"conf\": {\"spark.executor.memory\": \"3g\"}}"));

        assertThat(run.command("train"))
                .startsWith("spark-submit", "--master", "yarn")
                .contains("spark.dynamicAllocation.enabled=false", "spark.executor.memory=3g")
                .containsSubsequence("--num-executors", "4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minimum_accuracy | 1.5",
                "minimum_accuracy | \"much\"",
                "download         | \"cifar\"",
                "compare          | \"two\"",
                "settings         | \"training.epochs=2\"",
                "settings         | [\"training.epochs\"]",
                "epochs           | 3"
            })
    void refusesParametersThatAreNone(String name, String value) throws Exception {
        conf.put(name, new com.fasterxml.jackson.databind.ObjectMapper().readTree(value));
        AirflowRun run = run(Map.of());

        assertThat(run.process().exitValue()).isEqualTo(1);
        assertThat(run.events()).isEmpty();
        assertThat(run.errors()).containsAnyOf("ParamValidationError", "dag_run.conf: ['epochs']");
    }

    /** The stand-in itself: what Airflow does not know, or would never render, does not pass. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java_class=         | main_class=         | ['main_class']",
                "catchup=            | catch_up=           | ['catch_up']",
                "trigger_rule=       | trigger=            | ['trigger']",
                "'sparkcnn-' + kwargs | '{{ params.nobody }}' or kwargs | has no attribute",
                "java_class=          | archives='{{ params.output }}', java_class= | is no template field",
                "with DAG(            | subprocess.run(['true'])#newline#with DAG( | does work when it is loaded"
            })
    void theStandInIsStrict(String good, String bad, String complaint) throws Exception {
        Path broken = folder.resolve("broken.py");
        String dag = Files.readString(Path.of("submit/airflow/sparkcnn_dag.py"));
        String quoted = good.replace('\'', '"');
        assertThat(dag).contains(quoted);
        Files.writeString(broken, dag.replace(quoted, bad.replace("#newline#", "\n")));
        Process process = AirflowRun.python(
                        "src/test/resources/airflow/run_dag.py", broken.toString(), AirflowRun.ID, "{}")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .contains(complaint);
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private static List<String> settings(AirflowRun run, String task) {
        List<String> words = run.command(task);
        return java.util.stream.IntStream.range(1, words.size())
                .filter(i -> words.get(i - 1).equals("--set"))
                .mapToObj(words::get)
                .toList();
    }

    private AirflowRun run(Map<String, String> environment) throws IOException, InterruptedException {
        AirflowRun run = AirflowRun.start(folder, folder, AirflowRun.connectionTo("local[2]"), conf, environment);
        end(run);
        return run;
    }

    private static void end(AirflowRun run) throws InterruptedException {
        assertThat(run.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
}
