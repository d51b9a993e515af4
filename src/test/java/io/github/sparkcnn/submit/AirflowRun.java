package io.github.sparkcnn.submit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A run of submit/airflow's DAG, in Python, by the stand-in for Airflow in src/test/resources/airflow. Programs that it starts, such as
 * spark-submit, are looked for in a folder.
 */
final class AirflowRun {

    static final String ID = "manual__2026-11-28T06:00:00+00:00";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path STAND_IN = Path.of("src/test/resources/airflow");

    private final Path out;
    private final Path err;
    private final Process process;

    private AirflowRun(Path out, Path err, Process process) {
        this.out = out;
        this.err = err;
        this.process = process;
    }

    /**
     * Starts the DAG's tasks.
     *
     * @param connection the Spark connection as Airflow has it in JSON
     * @param conf the dag_run.conf
     */
    static AirflowRun start(Path folder, Path programs, String connection, Map<String, ?> conf) throws IOException {
        return start(folder, programs, connection, conf, Map.of());
    }

    static AirflowRun start(
            Path folder, Path programs, String connection, Map<String, ?> conf, Map<String, String> environment)
            throws IOException {
        Path out = folder.resolve("airflow.out");
        Path err = folder.resolve("airflow.err");
        ProcessBuilder builder = python(
                STAND_IN.resolve("run_dag.py").toString(),
                "submit/airflow/sparkcnn_dag.py",
                ID,
                JSON.writeValueAsString(conf));
        builder.environment().put("AIRFLOW_CONN_SPARK_DEFAULT", connection);
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        builder.environment().putAll(environment);
        return new AirflowRun(
                out,
                err,
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start());
    }

    static String connectionTo(String master) throws IOException {
        return JSON.writeValueAsString(Map.of("conn_type", "spark", "host", master));
    }

    /** Skips the test where there is no Python with jinja2, which the build does without. */
    static void requirePython() throws IOException, InterruptedException {
        boolean isThere;
        try {
            isThere = python("-c", "import jinja2").start().waitFor() == 0;
        } catch (IOException e) {
            isThere = false;
        }
        assumeTrue(isThere, "THE DAG IS NOT TESTED: there is no python3 with jinja2");
    }

    static ProcessBuilder python(String... words) {
        ProcessBuilder builder = new ProcessBuilder("python3");
        builder.command().addAll(List.of(words));
        builder.environment().put("PYTHONPATH", STAND_IN.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        return builder;
    }

    Process process() {
        return process;
    }

    /** What happened so far, in the order in which it did. */
    List<JsonNode> events() {
        try (var lines = Files.lines(out)) {
            return lines.filter(line -> line.startsWith("{"))
                    .map(AirflowRun::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tasks' states, one a try, such as {@code train 1 success}. */
    List<String> states() {
        return events().stream()
                .filter(event -> event.has("state"))
                .map(event -> event.get("task").asText()
                        + (event.has("try") ? " " + event.get("try").asText() : "") + " "
                        + event.get("state").asText())
                .toList();
    }

    /** The words of the last try's spark-submit. */
    List<String> command(String task) {
        Optional<JsonNode> command = events().stream()
                .filter(event -> event.get("task").asText().equals(task) && event.has("command"))
                .reduce((first, second) -> second);
        return StreamSupport.stream(command.orElseThrow().get("command").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Why a task is not done. */
    String reason(String task) {
        return events().stream()
                .filter(event -> event.get("task").asText().equals(task) && event.has("reason"))
                .findFirst()
                .orElseThrow()
                .get("reason")
                .asText();
    }

    String errors() throws IOException {
        return Files.readString(err);
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }
}
