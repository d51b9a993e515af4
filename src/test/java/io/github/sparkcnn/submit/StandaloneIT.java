package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.data.format.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive on a standalone cluster of a Master and two Workers, in a folder that holds nothing else and has a space in its name. The
 * images are on HDFS.
 */
@Tag("cluster")
class StandaloneIT {

    private static final List<String> SMALL = confs(
            "spark.cores.max=2",
            "spark.executor.cores=1",
            "spark.task.cpus=1",
            "spark.executor.memory=1g",
            "spark.executorEnv.OMP_NUM_THREADS=1",
            "spark.driver.memory=1g");

    /** Spark's {@code spark.port.maxRetries}. */
    private static final int RETRIES = 16;

    private static final List<String> CLUSTER_MODE = List.of("--deploy-mode", "cluster");

    private static final String TWO_GPUS = """
            #!/usr/bin/env bash
            for i in 0 1; do
              [[ $* != *compute_cap* ]] && echo "$i, GPU-$i" || echo "$i, GPU-$i, NVIDIA L4, 8.9, 580.95.05"
            done
            """;

    @TempDir
    static Path folder;

    private static Hdfs hdfs;
    private static StandaloneCluster cluster;
    private static Path edge;
    private static Path home;
    private static List<JsonNode> local;

    @BeforeAll
    static void start() throws Exception {
        hdfs = Hdfs.start(folder.resolve("hdfs"));
        Hdfs.writeImages(hdfs.files(), "/train.csv", Split.TRAIN, 1000);
        Hdfs.writeImages(hdfs.files(), "/test.csv.gz", Split.TEST, 500);
        edge = folder.resolve("my edge");
        home = Archive.unpack(edge);
        Path programs =
                Program.write(folder.resolve("bin/nvidia-smi"), TWO_GPUS).getParent();
        cluster = StandaloneCluster.start(
                Files.createDirectories(folder.resolve("cluster")),
                Map.of("PATH", programs + ":" + System.getenv("PATH")),
                List.of(oneGpu(0), oneGpu(1)));
        Program program = Program.run(
                edge,
                Map.of("SPARK_HOME", cluster.environment().get("SPARK_HOME"), "SPARKCNN_MASTER", "local[2]"),
                home.resolve("submit/local"),
                training("local", 2));
        assertThat(program.code()).as(program.err()).isZero();
        local = Figures.of(edge.resolve("local"));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (hdfs != null) {
            hdfs.close();
        }
    }

    @Test
    void aDriverHereTrainsThroughFixedPortsToLocalsFigures() throws Exception {
        int driver = StandaloneCluster.freePort();
        int blocks = StandaloneCluster.freePort();
        int averaging = StandaloneCluster.freePort();
        List<String> ports = confs(
                "spark.driver.port=" + driver,
                "spark.blockManager.port=" + blocks,
                "spark.allreduce.port=" + averaging);

        awaitNoExecutors(); // of the test before
        Listening listening = Listening.watch();
        Program program;
        try (listening) {
            program = launch(ports, training("client", 2));
        }

        assertThat(program.code()).as(program.err()).isZero();
        assertThat(program.out()).contains("Workers: 2\n", "Epoch 1/1");
        assertThat(Figures.of(edge.resolve("client"))).isEqualTo(local);
        assertThat(listening.driver()).contains(driver, blocks, averaging);
        // On this machine the driver's are taken when they look for theirs.
        assertThat(listening.executors())
                .hasSize(2)
                .allSatisfy(executor -> assertThat(executor)
                        .doesNotContain(driver)
                        .anyMatch(port -> port > blocks && port <= blocks + RETRIES)
                        .anyMatch(port -> port > averaging && port <= averaging + RETRIES));
    }

    private static void awaitNoExecutors() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (!cluster.executors().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void aDriverOnAWorkerTrainsToLocalsFiguresAndItsModelOnHdfsIsUsed() throws Exception {
        String model = hdfs.path("models/cluster");
        Program trained = launch(CLUSTER_MODE, trainingTo(model, 2));

        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("Epoch 1/1").contains("Model " + model + "/model");
        assertThat(Figures.of(hdfs.lines("models/cluster/metrics.jsonl"))).isEqualTo(local);

        Program evaluated = launch(
                CLUSTER_MODE,
                "evaluate",
                "--model",
                model,
                "--data",
                hdfs.path("test.csv.gz"),
                "--output",
                hdfs.path("eval"));
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        assertThat(evaluated.out())
                .contains(
                        "%.4f".formatted(local.get(0).get("validation_accuracy").asDouble()));
        assertThat(hdfs.exists("eval/report.json")).isTrue();

        Program predicted = launch(
                List.of(),
                "predict",
                "--model",
                model,
                "--data",
                hdfs.path("test.csv.gz"),
                "--output",
                hdfs.path("predicted"));
        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(hdfs.exists("predicted/_SUCCESS")).isTrue();
    }

    @Test
    void aMistakeOfADriverOnAWorkerIsTheLaunchers() throws Exception {
        Path conf = Files.writeString(edge.resolve("mine.conf"), "training.epochs = 0");

        Program program = launch(CLUSTER_MODE, "train", conf.getFileName().toString());

        assertThat(program.code()).isEqualTo(2);
        assertThat(program.err().lines().reduce((first, last) -> last))
                .hasValueSatisfying(
                        line -> assertThat(line).startsWith("Cannot use the configuration: training.epochs is 0"));
    }

    @Test
    void oneAndTwoExecutorsAreComparedEachBoundToTheGpuOfItsWorker() throws Exception {
        List<String> options = new ArrayList<>(confs("spark.plugins=io.github.sparkcnn.device.DevicePlugin"));
        options.add("--gpu");

        Program program = launch(
                options,
                "compare",
                "--workers",
                "1,2",
                "--output",
                edge + "/gpus",
                "--set",
                "training.epochs=1",
                "--set",
                data("train", "train.csv"),
                "--set",
                data("test", "test.csv.gz"));

        assertThat(program.code()).as(program.err()).isZero();
        JsonNode runs = new ObjectMapper()
                .readTree(edge.resolve("gpus/compare.json").toFile())
                .get("rows");
        assertThat(runs)
                .extracting(
                        run -> run.get("workers").asInt(),
                        run -> run.get("images").asInt())
                .containsExactly(tuple(1, 1000), tuple(2, 1000));
        assertThat(cluster.executorLogs()).contains("computes on GPU 0 (NVIDIA L4", "computes on GPU 1 (NVIDIA L4");
    }

    @Test
    void libtorchIsSentToTheWorkersAndTrainsThere() throws Exception {
        Program program = launch(List.of(), with(training("torch", 2), "--set", "device.engine=torch"));

        assertThat(program.code()).as(program.err()).isZero();
        JsonNode manifest =
                new ObjectMapper().readTree(edge.resolve("torch/manifest.json").toFile());
        assertThat(manifest.get("devices")).hasSize(2).allSatisfy(device -> {
            assertThat(device.get("executor").asText()).isIn("0", "1");
            assertThat(device.get("backend").get("kernels").asText()).isEqualTo("TORCH");
        });
        // Its dropout's masks are others.
        assertThat(Figures.of(edge.resolve("torch")).get(0).get("train_loss").asDouble())
                .isCloseTo(local.get(0).get("train_loss").asDouble(), within(0.1));
    }

    @Test
    void aDriverWithoutAGpuHearsWhatItsExecutorsMiss() throws Exception {
        Program program = launch(List.of("--gpu"), with(training("missing", 2), "--set", "device.backend=cuda"));

        assertThat(program.code()).as(program.err()).isEqualTo(2);
        assertThat(program.out()).contains("executors compute on GPUs");
        assertThat(program.err())
                .contains("(NVIDIA L4, compute capability 8.9, driver 580.95) libtorch needs"
                        + " pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar, which is not on the class path. ");
    }

    @Test
    void moreWorkersThanGpusAreRefused() throws Exception {
        // Spark waits for the two executors that there can be, and the program for a third.
        List<String> options = new ArrayList<>(confs(
                "spark.cores.max=4",
                "spark.scheduler.minRegisteredResourcesRatio=0.5",
                "spark.scheduler.maxRegisteredResourcesWaitingTime=60s"));
        options.add("--gpu");

        Program program = launch(options, training("refused", 3));

        assertThat(program.code()).as(program.err()).isEqualTo(2);
        assertThat(program.err())
                .contains("Cannot train with 3 workers: the cluster has 2 slots (executors 2, spark.task.cpus 1,"
                        + " spark.task.resource.gpu.amount 1.0). ");
    }

    /** A worker that sees one of the machine's GPUs. */
    private static Map<String, String> oneGpu(int index) {
        return Map.of(
                "CUDA_VISIBLE_DEVICES",
                Integer.toString(index),
                "SPARK_WORKER_OPTS",
                "-Dspark.worker.resource.gpu.amount=1 \"-Dspark.worker.resource.gpu.discoveryScript="
                        + home.resolve("submit/gpu-discovery") + "\"");
    }

    private static List<String> confs(String... properties) {
        return Arrays.stream(properties)
                .flatMap(property -> Stream.of("--conf", property))
                .toList();
    }

    private static String data(String set, String file) {
        return "data." + set + "=" + hdfs.path(file);
    }

    private static String[] training(String output, int workers) {
        return trainingTo(edge.resolve(output).toString(), workers);
    }

    private static String[] trainingTo(String output, int workers) {
        return new String[] {
            "train",
            "--output",
            output,
            "--set",
            "training.epochs=1",
            "--set",
            "training.strategy=all-reduce",
            "--set",
            "training.workers=" + workers,
            "--set",
            data("train", "train.csv"),
            "--set",
            data("test", "test.csv.gz")
        };
    }

    private static String[] with(String[] words, String... further) {
        return Stream.concat(Stream.of(words), Stream.of(further)).toArray(String[]::new);
    }

    private static Program launch(List<String> options, String... words) throws Exception {
        List<String> all = new ArrayList<>(SMALL);
        all.addAll(options);
        all.addAll(List.of(words));
        return Program.run(edge, cluster.environment(), home.resolve("submit/standalone"), all.toArray(String[]::new));
    }
}
