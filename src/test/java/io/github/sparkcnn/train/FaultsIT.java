package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkUnderTest;
import io.github.sparkcnn.cli.Main;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.submit.StandaloneCluster;
import io.github.sparkcnn.train.RunProcess.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors and drivers in processes of their own, killed in the middle of an epoch. */
@Tag("cluster")
class FaultsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int EPOCHS = 3;
    /** Seconds until a silent executor counts as lost, Spark's and ours; a busy machine needs many. */
    private static final int TIMEOUT = 20;

    private static final String SECOND_EPOCH_REPEATED = "Epoch 2 was repeated: ";

    @TempDir
    static Path folder;

    private static NetworkState undisturbed;

    @BeforeAll
    static void trainUndisturbed() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 240, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 40, 2);
        try (RunProcess run = command("undisturbed")) {
            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isZero();
        }
        undisturbed = state("undisturbed");
    }

    @Test
    void aKilledExecutorDoesNotChangeTheResult() throws IOException {
        try (RunProcess run = cluster("killed-executor", 2)) {
            run.awaitOutput("epoch 1: ", PATIENCE);
            List<ProcessHandle> executors = run.executors();
            assertThat(executors).hasSize(2);

            executors.get(0).destroyForcibly();

            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isZero();
            assertThat(run.output()).contains(SECOND_EPOCH_REPEATED);
        }
        assertUndisturbed("killed-executor");
    }

    @Test
    void anExecutorWithoutWorkTakesOver() throws IOException {
        try (RunProcess run = cluster("remaining-executor", 3)) {
            run.awaitOutput("epoch 1: ", PATIENCE);
            List<String> survivors = new ArrayList<>(List.of("0", "1", "2"));
            Placement interrupted = run.placements().get(run.placements().size() - 1);
            survivors.remove(interrupted.executor());

            run.executor(interrupted.executor()).destroyForcibly();

            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isZero();
            assertThat(run.output()).contains(SECOND_EPOCH_REPEATED);
            assertThat(executorsOfLastAttempt(run.placements(), interrupted.stage()))
                    .containsExactlyInAnyOrderElementsOf(survivors);
        }
        assertUndisturbed("remaining-executor");
    }

    @Test
    void aFrozenExecutorDoesNotChangeTheResult() throws IOException, InterruptedException {
        // The workers notice long before Spark does.
        try (RunProcess run = cluster("frozen-executor", 2, "training.averaging-timeout=5s")) {
            run.awaitOutput("epoch 1: ", PATIENCE);
            ProcessHandle frozen = run.executors().get(0);
            Process stop = new ProcessBuilder("kill", "-STOP", Long.toString(frozen.pid())).start();
            try {
                assertThat(stop.waitFor()).isZero();
                assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isZero();
            } finally {
                frozen.destroyForcibly();
            }
            assertThat(run.output()).contains("is lost: no sign of life within 5.0 s", SECOND_EPOCH_REPEATED);
        }
        assertUndisturbed("frozen-executor");
    }

    /** As while the driver writes a checkpoint: the next epoch is under way. */
    @Test
    void anExecutorKilledWhileTheDriverWritesDoesNotChangeTheResult() throws IOException {
        Path goOn = folder.resolve("go-on");
        try (RunProcess run = cluster("while-writing", Map.of(RunProcess.HELD, goOn.toString()), 2)) {
            run.awaitOutput(RunProcess.HOLDING, PATIENCE);
            Placement waiting = run.placements().get(run.placements().size() - 1);
            run.executor(waiting.executor()).destroyForcibly();
            run.awaitOutput("stage " + waiting.stage() + "." + (waiting.attempt() + 1) + " on executor", PATIENCE);

            Files.createFile(goOn);

            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isZero();
            assertThat(run.output()).contains(SECOND_EPOCH_REPEATED);
        }
        assertUndisturbed("while-writing");
    }

    @Test
    void aKilledDriverIsResumedToTheSameResult() throws IOException {
        Path output = folder.resolve("killed-driver");
        try (RunProcess run = command("killed-driver")) {
            run.awaitFile(output.resolve("checkpoints/epoch-0001"), PATIENCE);
            run.kill();
        }
        assertThat(output.resolve("model")).doesNotExist();

        try (RunProcess resumed = command("killed-driver", "--resume")) {
            assertThat(resumed.awaitEnd(PATIENCE)).as(resumed.output()).isZero();
            assertThat(resumed.output()).contains("Resuming file:" + output + " after epoch ");
        }
        assertUndisturbed("killed-driver");
    }

    private static List<String> executorsOfLastAttempt(List<Placement> placements, int stage) {
        List<Placement> ofStage = placements.stream()
                .filter(placement -> placement.stage() == stage)
                .toList();
        int last = ofStage.stream().mapToInt(Placement::attempt).max().orElseThrow();
        return ofStage.stream()
                .filter(placement -> placement.attempt() == last)
                .map(Placement::executor)
                .toList();
    }

    private static RunProcess cluster(String name, int executors, String... further) throws IOException {
        return cluster(name, Map.of(), executors, further);
    }

    private static RunProcess cluster(String name, Map<String, String> properties, int executors, String... further)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(folder.resolve(name).toString()));
        arguments.addAll(settings());
        arguments.addAll(List.of(further));
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(Map.of(
                "spark.master",
                "local-cluster[" + executors + ",1,1024]",
                "spark.ui.enabled",
                "false",
                "spark.executor.extraClassPath",
                SparkUnderTest.classPath(),
                "spark.executor.heartbeatInterval",
                "1s",
                "spark.network.timeout",
                TIMEOUT + "s",
                "spark.network.timeoutInterval",
                "1s",
                // It begins when all executors are there.
                "spark.cores.max",
                executors + "",
                "spark.scheduler.minRegisteredResourcesRatio",
                "1.0",
                "spark.scheduler.maxRegisteredResourcesWaitingTime",
                "4min",
                // For all processes of the run but one it is taken: they go on to the next.
                "spark.allreduce.port",
                StandaloneCluster.freePort() + ""));
        return RunProcess.start(folder.resolve(name + ".log"), all, RunProcess.Driver.class, arguments);
    }

    private static RunProcess command(String name, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("train", "--output", folder.resolve(name).toString()));
        arguments.addAll(List.of(options));
        settings().forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return RunProcess.start(
                folder.resolve(name + (options.length == 0 ? "" : "-again") + ".log"),
                Map.of("spark.master", "local[2]", "spark.ui.enabled", "false"),
                Main.class,
                arguments);
    }

    /** Many small minibatches, so that an epoch takes long enough to be interrupted. */
    private static List<String> settings() {
        return List.of(
                "data.train=" + folder.resolve("train.csv"),
                "data.test=" + folder.resolve("test.csv"),
                "training.epochs=" + EPOCHS,
                "training.checkpoint.keep=" + EPOCHS, // none goes before it was seen
                "training.batch-size=1",
                "training.strategy=all-reduce",
                "training.workers=2",
                "training.averaging-frequency=1",
                "training.averaging-timeout=" + TIMEOUT + "s");
    }

    private static void assertUndisturbed(String name) {
        NetworkState state = state(name);
        assertThat(state.parameters()).isEqualTo(undisturbed.parameters());
        assertThat(state.updater()).isEqualTo(undisturbed.updater());
        assertThat(state.iteration()).isEqualTo(undisturbed.iteration());
    }

    private static NetworkState state(String name) {
        Storage storage = Storage.ofLocalMaster(new Configuration());
        return NetworkState.of(
                ModelFolder.load(storage, folder.resolve(name).toString()).network());
    }
}
