package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkUnderTest;
import io.github.sparkcnn.data.format.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive on YARN with two executors, model and data on HDFS, which is the default file system. */
@Tag("cluster")
class YarnIT {

    @TempDir
    static Path folder;

    private static YarnCluster cluster;
    private static Path edge;
    private static Path home;

    @BeforeAll
    static void start() throws Exception {
        edge = folder.resolve("my edge");
        home = Archive.unpack(edge);
        cluster = YarnCluster.start(Files.createDirectories(folder.resolve("cluster")));
        Hdfs.writeImages(cluster.fileSystem(), "/data/train.csv", Split.TRAIN, 1000);
        Hdfs.writeImages(cluster.fileSystem(), "/data/test.csv.gz", Split.TEST, 500);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void aKilledApplicationIsResumedToTheFiguresOfADriverHereWhichUsesItsModel() throws Exception {
        Files.writeString(edge.resolve("mine.conf"), """
                data { train = "/data/train.csv", test = "/data/test.csv.gz" }
                training { epochs = 6, workers = 2, strategy = all-reduce, batch-size = 128, checkpoint.keep = 6 }
                """);

        CompletableFuture<Program> running = CompletableFuture.supplyAsync(() -> {
            try {
                return launch("--deploy-mode", "cluster", "train", "mine.conf", "--output", "/models/cluster");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        while (!running.isDone() && !cluster.exists("/models/cluster/checkpoints/epoch-0001")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(running).isNotDone();
        cluster.killApplications();
        Program ended = running.get();
        assertThat(ended.code()).as(ended.err()).isNotZero();
        assertThat(cluster.exists("/models/cluster/model")).isFalse();
        assertThat(cluster.logs("stdout")).doesNotContain("Epoch 6/6");

        Program inYarn =
                launch("--deploy-mode", "cluster", "train", "mine.conf", "--output", "/models/cluster", "--resume");
        assertThat(inYarn.code()).as(inYarn.err() + cluster.logs("stderr")).isZero();
        assertThat(cluster.logs("stdout") + cluster.logs("stderr"))
                .contains("/models/cluster after epoch ", "Epoch 6/6", "/models/cluster/model");

        Program here = launch("train", "mine.conf", "--output", "/models/client");
        assertThat(here.code()).as(here.err()).isZero();
        assertThat(here.out()).contains("Epoch 6/6");
        assertThat(figures("/models/client")).isEqualTo(figures("/models/cluster"));

        Program predicted = launch(
                "predict", "--model", "/models/cluster", "--data", "/data/test.csv.gz", "--output", "/predicted");
        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(cluster.exists("/predicted/_SUCCESS")).isTrue();
    }

    @Test
    void aMistakeOfADriverInYarnIsTheLaunchers() throws Exception {
        Program program = launch("--deploy-mode", "cluster", "train", "--set", "training.epochs=0");

        assertThat(program.code()).as(program.err()).isEqualTo(2);
        assertThat(program.err())
                .containsSubsequence(
                        "The driver's output: yarn logs -applicationId application_",
                        "Cannot use the configuration: training.epochs is 0");
    }

    private static Program launch(String... words) throws Exception {
        List<String> all = new ArrayList<>(YarnCluster.SMALL);
        all.addAll(List.of(words));
        Map<String, String> environment = new HashMap<>(cluster.environment());
        environment.put("SPARK_HOME", SparkUnderTest.home().toString());
        return Program.run(edge, environment, home.resolve("submit/yarn"), all.toArray(String[]::new));
    }

    /** The epoch's figures without its times. */
    private static String figures(String run) throws Exception {
        return cluster.read(run + "/metrics.jsonl").replaceAll("\"(seconds|images_per_second)\": ?[0-9.]+", "");
    }
}
