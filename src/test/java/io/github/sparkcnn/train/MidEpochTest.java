package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.checkpoint.Checkpoint;
import io.github.sparkcnn.checkpoint.Checkpoints;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.SmallDisk;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that a full disk ends in the middle of an epoch goes on there, to the bits of one that nothing befell. */
class MidEpochTest extends SparkTest {

    private static final String FULL = "No space left on device";
    /** Checkpoints within an epoch, one after the other. */
    private static final String OFTEN = "training.checkpoint.every-minutes=0.0005";

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();
    private final Storage plain = Storage.ofLocalMaster(jsc().hadoopConfiguration());

    /** Two shares of 121 and 120: with batches of two one worker's last is of one image. */
    @BeforeAll
    static void writeImages() throws IOException {
        StripedImages.writeCsv(data.resolve("train.csv"), 241, 1);
        StripedImages.writeCsv(data.resolve("test.csv"), 20, 2);
    }

    /** With dropout the first network, with running statistics the second. */
    @ParameterizedTest
    @CsvSource({"local, 1, fashion-cnn", "all-reduce, 2, fashion-cnn", "all-reduce, 2, batch-norm-cnn"})
    void goesOnWhereItWas(String strategy, int workers, String network) throws IOException {
        String[] settings = {
            "training.strategy=" + strategy,
            "training.workers=" + workers,
            "network.name=" + network,
            "tracking.loss-every=1"
        };
        run("whole", plain, settings).execute();

        Checkpoint begun = filledInTheMiddle("resumed", settings);
        run("resumed", plain, settings).resume();

        assertThat(begun.part()).isNotEqualTo(PartOfEpoch.NONE);
        assertThat(begun.part().curve()).as("points that need not be trained").isNotEmpty();
        assertThat(notices).contains("Resuming file:" + folder.resolve("resumed") + " after " + begun.place());
        assertThat(state("resumed").parameters()).isEqualTo(state("whole").parameters());
        assertThat(state("resumed").updater()).isEqualTo(state("whole").updater());
        assertThat(state("resumed").iteration()).isEqualTo(state("whole").iteration());
        assertThat(metricsWithoutTimes("resumed")).isEqualTo(metricsWithoutTimes("whole"));
        assertThat(folder.resolve("resumed/steps.jsonl")).hasSameTextualContentAs(folder.resolve("whole/steps.jsonl"));
        assertThat(names("resumed/checkpoints")).isEqualTo(names("whole/checkpoints"));
        assertThat(names("resumed")).isEqualTo(names("whole"));
    }

    @Test
    void anEndBeforeThatPlaceIsRefused() throws IOException {
        Checkpoint begun = filledInTheMiddle("ended", "training.strategy=local");
        // As if one epoch had been trained before, and it were the best.
        String place = "Cannot resume file:" + folder.resolve("ended") + ": it has trained epoch 1 and "
                + begun.part().minibatches() + " minibatches of epoch 2, and ";
        Checkpoints checkpoints =
                new Checkpoints(plain, plain.path(folder.resolve("ended").toString()));
        checkpoints.write(
                new Checkpoint(
                        1,
                        begun.part(),
                        begun.network(),
                        begun.seed(),
                        0.5,
                        begun.origin(),
                        List.of(new EpochMetrics(1, 1, 1.0, 0.5, 0.1, 241, 1, 241, 2))),
                1);

        assertThatThrownBy(() -> run("ended", plain, "training.epochs=1").resume())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(place + "training.epochs is 1. Raise training.epochs to train on");
    }

    @Test
    void deeplearning4jsAveragingIsRefused() {
        assertThatThrownBy(() -> run("dl4j", plain, "training.strategy=dl4j-averaging", OFTEN)
                        .execute())
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot write checkpoints every 5.0E-4 minutes with dl4j-averaging: it cannot go on from the"
                                + " middle of an epoch. Set training.checkpoint.every-minutes to 0, or training.strategy to"
                                + " all-reduce or local.");
        assertThat(folder.resolve("dl4j")).doesNotExist();
    }

    /** Trains until there is a checkpoint within an epoch and the disk takes no more; what is then the newest. */
    private Checkpoint filledInTheMiddle(String name, String... settings) throws IOException {
        Storage disk = Storage.ofLocalMaster(SmallDisk.with(jsc().hadoopConfiguration(), Long.MAX_VALUE / 2, FULL));
        List<String> often = new ArrayList<>(List.of(settings));
        often.add(OFTEN);
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        Future<?> watching = watch.scheduleWithFixedDelay(() -> fillAtPart(name), 0, 5, TimeUnit.MILLISECONDS);
        try {
            assertThatThrownBy(
                            () -> run(name, disk, often.toArray(String[]::new)).execute())
                    .isInstanceOf(UserException.class)
                    .hasMessageMatching("Cannot write small:.*: the disk is full \\(" + FULL + "\\)\\. .*");
        } finally {
            watching.cancel(false);
            watch.shutdown();
        }
        awaitNoJobs();
        try (Stream<Path> left = Files.walk(folder.resolve(name))) {
            assertThat(left).noneMatch(path -> path.toString().contains(".tmp-"));
        }
        return new Checkpoints(plain, plain.path(folder.resolve(name).toString())).newestWhole(damaged -> {
            throw new AssertionError(damaged);
        });
    }

    private void fillAtPart(String name) {
        String[] there = folder.resolve(name + "/checkpoints").toFile().list();
        if (there != null && Arrays.stream(there).anyMatch(checkpoint -> checkpoint.matches("epoch-.*-minibatch-.*"))) {
            SmallDisk.with(jsc().hadoopConfiguration(), 0, FULL);
        }
    }

    private TrainingRun run(String name, Storage storage, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + data.resolve("train.csv"),
                "data.test=" + data.resolve("test.csv"),
                "training.epochs=2",
                "training.batch-size=2",
                "training.averaging-frequency=2",
                "training.augmentation=[{name = flip}, {name = crop, padding = 2}]",
                "training.schedule.name=cosine",
                "device.threads=1"));
        all.addAll(Arrays.asList(settings));
        Configuration configuration = ConfigurationReader.read(name, "", all);
        String scheme = storage.equals(plain) ? "" : "small://";
        TrainingListener listener = new TrainingListener() {
            @Override
            public void noticed(String notice) {
                notices.add(notice);
            }
        };
        return new TrainingRun(
                spark(), configuration, storage, storage.path(scheme + folder.resolve(name)), List.of(listener));
    }

    private NetworkState state(String name) {
        return NetworkState.of(
                ModelFolder.load(plain, folder.resolve(name).toString()).network());
    }

    private List<String> metricsWithoutTimes(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll("\"(seconds|images_per_second)\":[^,}]*", ""))
                .toList();
    }

    private List<String> names(String name) {
        return Arrays.stream(folder.resolve(name).toFile().list()).sorted().toList();
    }
}
