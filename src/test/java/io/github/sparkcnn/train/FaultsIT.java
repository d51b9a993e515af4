package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.cli.Main;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.NetworkState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
        try (RunProcess run = cluster("killed-executor")) {
            run.awaitOutput("epoch 1: ", PATIENCE);
            List<ProcessHandle> executors = run.executors();
            assertThat(executors).hasSize(2);

            executors.get(0).destroyForcibly();

            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isZero();
        }
        assertUndisturbed("killed-executor");
    }

    @Test
    void aFrozenExecutorDoesNotChangeTheResult() throws IOException {
        try (RunProcess run = cluster("frozen-executor")) {
            run.awaitOutput("epoch 1: ", PATIENCE);
            ProcessHandle frozen = run.executors().get(0);
            new ProcessBuilder("kill", "-STOP", Long.toString(frozen.pid())).start();
            try {
                assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isZero();
            } finally {
                frozen.destroyForcibly();
            }
        }
        assertUndisturbed("frozen-executor");
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

    private static RunProcess cluster(String name) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(folder.resolve(name).toString()));
        arguments.addAll(settings());
        return RunProcess.start(
                folder.resolve(name + ".log"),
                Map.of(
                        "spark.master", "local-cluster[2,1,1024]",
                        "spark.ui.enabled", "false",
                        "spark.executor.extraClassPath", System.getProperty("java.class.path"),
                        "spark.executor.heartbeatInterval", "1s",
                        "spark.network.timeout", TIMEOUT + "s",
                        "spark.network.timeoutInterval", "1s"),
                RunProcess.Driver.class,
                arguments);
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
