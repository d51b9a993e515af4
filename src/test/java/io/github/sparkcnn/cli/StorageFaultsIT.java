package io.github.sparkcnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.checkpoint.Checkpoint;
import io.github.sparkcnn.checkpoint.Checkpoints;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.train.StripedImages;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.SafeModeAction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Storage that stops to take anything in the middle of a run, and that two runs want at once: one line, the last whole checkpoint is kept, and so is
 * the model of an earlier end, and {@code --resume} goes on, when it is well again, to the bits of a run that nothing befell.
 */
@Tag("cluster")
class StorageFaultsIT extends SparkTest {

    private static final int EPOCHS = 12;
    /** Behind which a run that is to go on has a model. */
    private static final int FIRST_END = 2;

    private static final Ended DONE = new Ended(0, List.of());
    private static final String AGAIN = ", and give the command again.";

    @TempDir
    static File folder;

    private static MiniDFSCluster cluster;
    private static DistributedFileSystem hdfs;
    private static Storage storage;
    private static NetworkState undisturbed;

    private interface Fault {
        void happen() throws Exception;
    }

    /** What a command came to. */
    private record Ended(int code, List<String> errors) {}

    @BeforeAll
    static void trainUndisturbed() throws IOException {
        System.setProperty("spark.master", "local[2]");
        Configuration hadoop = new Configuration();
        hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, new File(folder, "hdfs").getPath());
        cluster = new MiniDFSCluster.Builder(hadoop).build();
        hdfs = cluster.getFileSystem();
        storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        StripedImages.writeCsv(folder.toPath().resolve("train.csv"), 160, 1);
        assertThat(train(new Path(folder.getPath(), "undisturbed"), EPOCHS)).isEqualTo(DONE);
        undisturbed = state(new Path(folder.getPath(), "undisturbed"));
    }

    @AfterAll
    static void stop() {
        System.clearProperty("spark.master");
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void hdfsInSafeMode() throws Exception {
        Path run = new Path(cluster.getURI() + "/safe/run");

        Ended ended = trainUntil(run, 2, () -> hdfs.setSafeMode(SafeModeAction.SAFEMODE_ENTER));
        assertCannotWrite(ended, run, "HDFS is in safe mode \\(.*\\)\\. Wait until it has left that .*" + AGAIN);

        hdfs.setSafeMode(SafeModeAction.SAFEMODE_LEAVE);
        assertResumes(run);
    }

    @Test
    void hdfsOverItsQuotaOfBytes() throws Exception {
        Path run = new Path(cluster.getURI() + "/bytes/run");
        NetworkState before = trainToTheFirstEnd(run);

        Ended ended = goOnUntil(run, () -> hdfs.setQuota(run, HdfsConstants.QUOTA_DONT_SET, 1));
        assertCannotWrite(ended, run, "the disk is full \\(The DiskSpace quota of /bytes/run is exceeded: .*");
        assertHasTheModel(run, before);

        hdfs.setQuota(run, HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
        assertResumes(run);
    }

    @Test
    void hdfsOverItsQuotaOfNames() throws Exception {
        Path run = new Path(cluster.getURI() + "/names/run");
        NetworkState before = trainToTheFirstEnd(run);

        Ended ended = goOnUntil(run, () -> hdfs.setQuota(run, 1, HdfsConstants.QUOTA_DONT_SET));
        assertCannotWrite(ended, run, "the disk is full \\(The NameSpace quota .*of .*/names/run is exceeded: .*");
        assertHasTheModel(run, before);

        hdfs.setQuota(run, HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_DONT_SET);
        assertResumes(run);
    }

    @Test
    void aFullDisk() throws Exception {
        java.nio.file.Path disk = Files.createDirectory(folder.toPath().resolve("disk"));
        assumeThat(mount("mount", "-t", "tmpfs", "-o", "size=16m", "none", disk.toString()))
                .as("A SMALL DISK CANNOT BE MOUNTED HERE, SO THAT A FULL ONE IS NOT TESTED")
                .isTrue();
        try {
            Path run = new Path(disk.toUri().getPath(), "run");
            java.nio.file.Path filler = disk.resolve("filler");
            NetworkState before = trainToTheFirstEnd(run);

            Ended ended = goOnUntil(run, () -> fill(filler));
            assertCannotWrite(
                    ended,
                    run,
                    "the disk is full \\(No space left on device\\)\\. Make room there, or write to another place\\.");
            assertHasTheModel(run, before);

            Files.delete(filler);
            assertResumes(run);
        } finally {
            mount("umount", disk.toString());
        }
    }

    @Test
    void ofTwoRunsAtOnceOneIsRefused() {
        Path run = new Path(cluster.getURI() + "/two/run");
        CompletableFuture<Ended> other = CompletableFuture.supplyAsync(() -> train(run, EPOCHS));

        List<Ended> both = List.of(train(run, EPOCHS), other.join());

        assertThat(both).containsOnlyOnce(DONE);
        assertThat(both.stream().filter(ended -> ended.code() == 2).map(Ended::errors))
                .singleElement()
                .satisfies(errors -> assertThat(errors)
                        .singleElement()
                        .asString()
                        .matches("Cannot write to " + run + ": process \\d+ of .* on .* is writing to it\\. .*"));
        assertThat(state(run).parameters()).isEqualTo(undisturbed.parameters());
    }

    private static boolean mount(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    private static void fill(java.nio.file.Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] bytes = new byte[4096];
            while (true) {
                out.write(bytes);
            }
        } catch (IOException full) {
            // That is what was wanted.
        }
    }

    /** Trains some of the epochs; the parameters that the model has then. */
    private static NetworkState trainToTheFirstEnd(Path run) {
        assertThat(train(run, FIRST_END)).isEqualTo(DONE);
        return state(run);
    }

    private static Ended goOnUntil(Path run, Fault fault) throws Exception {
        return trainUntil(run, FIRST_END + 2, fault, "--resume");
    }

    /** Trains, and lets the fault happen as soon as there is the epoch's checkpoint. */
    private static Ended trainUntil(Path run, int epoch, Fault fault, String... options) throws Exception {
        Path checkpoint = new Path(run, "checkpoints/epoch-000" + epoch);
        CompletableFuture<Void> happened = new CompletableFuture<>();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        Future<?> watching = watch.scheduleWithFixedDelay(
                () -> {
                    try {
                        if (!happened.isDone() && storage.exists(checkpoint)) {
                            fault.happen();
                            happened.complete(null);
                        }
                    } catch (Exception e) {
                        happened.completeExceptionally(e);
                    }
                },
                0,
                5,
                TimeUnit.MILLISECONDS);
        Ended ended = train(run, EPOCHS, options);
        watching.cancel(false);
        watch.shutdown();
        happened.get(10, TimeUnit.SECONDS);
        return ended;
    }

    private static void assertCannotWrite(Ended ended, Path run, String reason) {
        assertThat(ended.code()).as(ended.toString()).isEqualTo(2);
        assertThat(ended.errors())
                .singleElement()
                .asString()
                .matches("Cannot write (file:)?" + run + "(/[A-Za-z0-9.-]+)*: " + reason);
        Checkpoint kept = new Checkpoints(storage, run).newestWhole(damaged -> {
            throw new AssertionError(damaged);
        });
        assertThat(kept.epoch()).isBetween(FIRST_END, EPOCHS - 1);
    }

    private static void assertHasTheModel(Path run, NetworkState before) {
        NetworkState kept = state(run);
        assertThat(kept.parameters()).isEqualTo(before.parameters());
        assertThat(kept.iteration()).isEqualTo(before.iteration()).isLessThan(undisturbed.iteration());
    }

    private static void assertResumes(Path run) {
        assertThat(train(run, EPOCHS, "--resume")).isEqualTo(DONE);
        NetworkState resumed = state(run);
        assertThat(resumed.parameters()).isEqualTo(undisturbed.parameters());
        assertThat(resumed.updater()).isEqualTo(undisturbed.updater());
        assertThat(resumed.iteration()).isEqualTo(undisturbed.iteration());
        assertThat(storage.everythingIn(run))
                .extracting(status -> status.getPath().getName())
                .doesNotContain("running.json")
                .noneMatch(name -> name.contains(".tmp-") || name.contains(".old-"));
    }

    private static Ended train(Path run, int epochs, String... options) {
        List<String> words = new ArrayList<>(List.of("train", "--output", run.toString()));
        words.addAll(List.of(options));
        for (String setting : List.of(
                "data.train=" + new File(folder, "train.csv"),
                "data.test=null",
                "network.name=all-convolutional",
                "training.epochs=" + epochs,
                "training.checkpoint.keep=" + epochs, // none goes before it was seen
                "training.batch-size=4",
                "training.strategy=local",
                "device.threads=1")) {
            words.addAll(List.of("--set", setting));
        }
        StringWriter errors = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(errors, true))
                .execute(words.toArray(String[]::new));
        return new Ended(code, errors.toString().lines().toList());
    }

    private static NetworkState state(Path run) {
        return NetworkState.of(ModelFolder.load(storage, run.toString()).network());
    }
}
