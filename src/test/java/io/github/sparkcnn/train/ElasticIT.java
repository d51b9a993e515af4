package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.SparkUnderTest;
import io.github.sparkcnn.submit.StandaloneCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that come to a cluster and leave it for good while a run goes on. */
@Tag("cluster")
class ElasticIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int EPOCHS = 20;
    private static final String GROWN = "Workers: 4 instead of ";

    @TempDir
    static Path folder;

    /** Two slots, then four, then two again. */
    @Test
    void takesTheWorkersThatThereAre() throws Exception {
        StripedImages.writeCsv(folder.resolve("train.csv"), 160, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 40, 2);
        Map<String, String> environment = Map.of("SPARK_LOCAL_IP", "127.0.0.1", "OMP_NUM_THREADS", "1");
        try (StandaloneCluster cluster = StandaloneCluster.start(folder, environment, List.of(Map.of(), Map.of()))) {
            cluster.killWorker(1);
            Path goOn = folder.resolve("go-on");
            try (RunProcess run = start(cluster, goOn)) {
                run.awaitOutput(RunProcess.HOLDING, PATIENCE);
                assertThat(run.output())
                        .contains(
                                "Workers: 2, as many as the cluster has slots (training.workers is { min = 1, max = 4 })");

                int before = run.executorsThatCame();
                cluster.restartWorker(1);
                run.awaitExecutors(before + 2, PATIENCE);
                Files.createFile(goOn);
                run.awaitOutput(GROWN, PATIENCE);
                run.awaitOutput("epoch " + (grownIn(run) + 1) + ": ", PATIENCE);

                List<ProcessHandle> gone = cluster.executorsOf(1);
                cluster.killWorker(1);
                gone.forEach(ProcessHandle::destroyForcibly);
                run.awaitOutput(" of 4: the cluster has ", PATIENCE);

                assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isZero();
            }
        }
        assertThat(workersByEpoch()).hasSize(EPOCHS).startsWith(2).contains(4).endsWith(2);
    }

    private static int grownIn(RunProcess run) {
        Matcher epoch = Pattern.compile(GROWN + "\\d from epoch (\\d+) on").matcher(run.output());
        assertThat(epoch.find()).as(run.output()).isTrue();
        return Integer.parseInt(epoch.group(1));
    }

    private static RunProcess start(StandaloneCluster cluster, Path goOn) throws Exception {
        return RunProcess.start(
                folder.resolve("run.log"),
                Map.ofEntries(
                        Map.entry("spark.master", cluster.master()),
                        Map.entry("spark.driver.host", "127.0.0.1"),
                        Map.entry("spark.driver.bindAddress", "127.0.0.1"),
                        Map.entry("spark.ui.enabled", "false"),
                        // Begins with two of the four slots that it will have.
                        Map.entry("spark.cores.max", "4"),
                        Map.entry("spark.scheduler.minRegisteredResourcesRatio", "0.5"),
                        Map.entry("spark.scheduler.maxRegisteredResourcesWaitingTime", "4min"),
                        Map.entry("spark.executor.cores", "1"),
                        Map.entry("spark.executor.memory", "1g"),
                        Map.entry("spark.executor.extraClassPath", SparkUnderTest.classPath()),
                        Map.entry(RunProcess.HELD, goOn.toString())),
                RunProcess.Driver.class,
                List.of(
                        folder.resolve("run").toString(),
                        "data.train=" + folder.resolve("train.csv"),
                        "data.test=" + folder.resolve("test.csv"),
                        "training.epochs=" + EPOCHS,
                        "training.batch-size=2",
                        "training.averaging-frequency=1",
                        "training.workers={min = 1, max = 4, patience = 3s}"));
    }

    private static List<Integer> workersByEpoch() throws Exception {
        JsonNode manifest =
                new ObjectMapper().readTree(folder.resolve("run/manifest.json").toFile());
        List<Integer> workers = new ArrayList<>();
        manifest.get("workers").get("by_epoch").forEach(count -> workers.add(count.asInt()));
        return workers;
    }
}
