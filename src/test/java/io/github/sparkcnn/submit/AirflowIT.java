package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.JobJar;
import io.github.sparkcnn.SparkUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The DAG's own commands on a standalone cluster of a Master and a Worker, the training killed behind its first checkpoint and tried
 * again. Or on the Spark of the connection in AIRFLOW_CONN_SPARK_DEFAULT, which has to see this machine's files.
 */
@Tag("cluster")
class AirflowIT {

    @TempDir
    Path folder;

    private Optional<AirflowRun> run = Optional.empty();
    private Optional<StandaloneCluster> cluster = Optional.empty();

    @AfterEach
    void end() {
        run.map(AirflowRun::process).ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        cluster.ifPresent(StandaloneCluster::close);
    }

    @Test
    void trainsAgainFromTheCheckpointOfTheTryThatWasKilled() throws Exception {
        AirflowRun.requirePython();
        AirflowRun airflow = AirflowRun.start(folder, SparkUnderTest.home().resolve("bin"), connection(), conf());
        run = Optional.of(airflow);
        Path mine = folder.resolve("my runs/manual__2026-11-28T06-00-00+00-00");

        killBehind(mine.resolve("checkpoints/epoch-0001"), airflow);

        assertThat(airflow.process().waitFor(25, TimeUnit.MINUTES)).isTrue();
        assertThat(airflow.states())
                .as(airflow.errors())
                .containsExactly(
                        "download 1 skipped",
                        "check 1 success",
                        "train 1 up_for_retry",
                        "train 2 success",
                        "evaluate 1 success",
                        "gate 1 success",
                        "export 1 success",
                        "compare 1 success");
        assertThat(airflow.errors()).contains("after epoch");
        cluster.ifPresent(own -> assertThat(airflow.command("train")).containsSequence("--master", own.master()));
        assertThat(Files.readAllLines(mine.resolve("metrics.jsonl"))).hasSize(4);
        assertThat(List.of("data-1.png", "model/model.zip", "export-1/model.onnx", "compare-1/compare.json"))
                .allSatisfy(file -> assertThat(mine.resolve(file)).exists());
    }

    private String connection() throws IOException, InterruptedException {
        String given = System.getenv("AIRFLOW_CONN_SPARK_DEFAULT");
        if (given != null) {
            return given;
        }
        StandaloneCluster started =
                StandaloneCluster.start(Files.createDirectory(folder.resolve("cluster")), Map.of(), List.of(Map.of()));
        cluster = Optional.of(started);
        return AirflowRun.connectionTo(started.master());
    }

    /** With a scheme of Hadoop's, such as the gate can read only through Spark's Hadoop client. */
    private Map<String, Object> conf() throws IOException {
        Path jar = JobJar.in(Path.of("target")).orElseThrow();
        Path properties =
                Files.writeString(folder.resolve("small.properties"), """
                spark.executor.memory 1g
                spark.driver.memory 1g
                spark.executorEnv.OMP_NUM_THREADS 1
                spark.scheduler.minRegisteredResourcesRatio 1.0
                spark.scheduler.maxRegisteredResourcesWaitingTime 4min
                spark.cores.max 2
                spark.executor.defaultJavaOptions %s
                """.formatted(SparkUnderTest.javaOptionsText()));
        return Map.of(
                "application",
                jar.toAbsolutePath().toString(),
                "properties",
                properties.toString(),
                "experiment",
                Path.of("conf/quickstart.conf").toAbsolutePath().toString(),
                "train_data",
                "sample:train",
                "test_data",
                "sample:test",
                "output",
                "file:" + folder.resolve("my runs"),
                "minimum_accuracy",
                0.15,
                "compare",
                "1",
                "settings",
                List.of(
                        "data.sample.train-images=1200",
                        "data.sample.test-images=500",
                        "training.epochs=4",
                        "training.workers=1",
                        "training.batch-size=64"));
    }

    private static void killBehind(Path checkpoint, AirflowRun airflow) throws InterruptedException {
        while (!Files.exists(checkpoint) && airflow.process().isAlive()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        airflow.process().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
