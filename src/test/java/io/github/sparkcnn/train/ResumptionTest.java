package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResumptionTest extends SparkTest {

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();
    private final List<Integer> trained = new ArrayList<>();
    private final List<Integer> before = new ArrayList<>();

    @BeforeAll
    static void writeImages() throws IOException {
        StripedImages.writeCsv(data.resolve("train.csv"), 64, 1);
        StripedImages.writeCsv(data.resolve("test.csv"), 20, 2);
    }

    @BeforeEach
    void useNewLists() {
        notices.clear();
        trained.clear();
        before.clear();
    }

    @ParameterizedTest
    @CsvSource({"local, 1", "all-reduce, 2"})
    void aResumedRunEndsWithTheBitsOfAnUninterruptedOne(String strategy, int workers) throws IOException {
        String[] settings = {
            "training.epochs=3", SmallRuns.WITH_DROPOUT, "training.strategy=" + strategy, "training.workers=" + workers
        };
        run("whole", settings);
        assertThatThrownBy(() -> interruptedAfter(2, "resumed", settings)).hasMessage("interrupted");
        trained.clear();
        leaveUnfinished("resumed/checkpoints/.epoch-0003.tmp-");
        leaveUnfinished("resumed/.model.tmp-");

        resume("resumed", settings);

        assertThat(before).as("told once, by the run that went on").containsExactly(1, 2);
        assertThat(trained).containsExactly(3);
        assertThat(state("resumed").parameters()).isEqualTo(state("whole").parameters());
        assertThat(state("resumed").updater()).isEqualTo(state("whole").updater());
        assertThat(state("resumed").iteration()).isEqualTo(state("whole").iteration());
        assertThat(metricsWithoutTimes("resumed")).isEqualTo(metricsWithoutTimes("whole"));
        assertThat(checkpoints("resumed")).containsExactly("epoch-0002", "epoch-0003");
        assertThat(folder.resolve("resumed").toFile().list())
                .containsExactlyInAnyOrder(folder.resolve("whole").toFile().list());
    }

    /** What a driver leaves that is killed while it writes: a folder with the beginning of a file. */
    private void leaveUnfinished(String name) throws IOException {
        Path unfinished = Files.createDirectories(folder.resolve(name + UUID.randomUUID()));
        Files.write(unfinished.resolve("parameters.f32"), new byte[7]);
    }

    @Test
    void aScheduleThatFollowsTheLossGoesOnWhereItWas() throws IOException {
        // No epoch is better by 99 %: the rate falls at the end of the third and of the fifth. The break is in
        // mid-patience.
        String[] settings = {
            "training.epochs=6",
            "training.schedule={name = reduce-on-plateau, factor = 0.5, patience = 1, threshold = 0.99}"
        };
        run("whole", settings);
        assertThatThrownBy(() -> interruptedAfter(2, "resumed", settings)).hasMessage("interrupted");

        resume("resumed", settings);

        assertThat(state("resumed").parameters()).isEqualTo(state("whole").parameters());
        assertThat(metricsWithoutTimes("resumed")).isEqualTo(metricsWithoutTimes("whole"));
        assertThat(rates("resumed")).containsExactly(0.001, 0.001, 0.001, 0.0005, 0.0005, 0.00025);
    }

    @Test
    void aDamagedCheckpointIsReportedAndTheOneBeforeIsUsed() throws IOException {
        run("whole", "training.epochs=2");
        run("damaged", "training.epochs=2");
        Files.delete(folder.resolve("damaged/manifest.json"));
        Files.write(folder.resolve("damaged/checkpoints/epoch-0002/updater.f32"), new byte[7]);
        trained.clear();

        resume("damaged", "training.epochs=2");

        assertThat(notices).anyMatch(notice -> notice.startsWith("Skipped the damaged checkpoint "));
        assertThat(trained).containsExactly(2);
        assertThat(state("damaged").parameters()).isEqualTo(state("whole").parameters());
    }

    @Test
    void aFinishedRunGoesOnWithMoreEpochs() throws IOException {
        run("finished", "training.epochs=1");
        run("whole", "training.epochs=2");

        resume("finished", "training.epochs=2");

        assertThat(state("finished").parameters()).isEqualTo(state("whole").parameters());
    }

    @Test
    void aFinishedRunWhoseModelIsCutShortIsNotLeftAsItIs() throws IOException {
        run("cut-short", "training.epochs=1");
        Path zip = folder.resolve("cut-short/model/model.zip");
        byte[] whole = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> resume("cut-short", "training.epochs=1"))
                .isInstanceOf(UserException.class)
                .hasMessageMatching("Cannot load model .*/cut-short/model: model\\.zip has SHA-256 .*\\. Restore .*");

        resume("cut-short", "training.epochs=2");
        run("whole", "training.epochs=2");
        assertThat(state("cut-short").parameters()).isEqualTo(state("whole").parameters());
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "metrics.jsonl"})
    void aFinishedRunThatDoesNotSayWhatItWasIsRefusedAndGoesOnAsOneThatWasInterrupted(String file) throws IOException {
        run("whole", "training.epochs=1");
        run("unsaid", "training.epochs=1");
        Files.writeString(folder.resolve("unsaid").resolve(file), "{\n");
        Map<Path, byte[]> before = files("unsaid");

        assertThatThrownBy(() -> resume("unsaid", "training.epochs=1"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(
                        "Cannot resume file:" + folder.resolve("unsaid") + ": its " + file + " is damaged (")
                .hasMessageNotContaining("\n");
        assertThat(files("unsaid")).containsExactlyEntriesOf(before);

        Files.delete(folder.resolve("unsaid/manifest.json"));
        resume("unsaid", "training.epochs=1");
        assertThat(state("unsaid").parameters()).isEqualTo(state("whole").parameters());
        assertThat(metricsWithoutTimes("unsaid")).isEqualTo(metricsWithoutTimes("whole"));
        assertThat(folder.resolve("unsaid/manifest.json")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"training.checkpoint.every-epochs=1", "training.checkpoint.every-epochs=0"})
    void aFinishedRunIsLeftAsItIs(String setting) throws IOException {
        String[] settings = {
            setting, "training.epochs=2", "training.augmentation=[{name = flip}, {name = crop, padding = 2}]"
        };
        TrainingResult before =
                training("finished", Integer.MAX_VALUE, settings).execute();
        Map<Path, byte[]> files = files("finished");
        trained.clear();

        TrainingResult again = training("finished", Integer.MAX_VALUE, settings).resume();

        assertThat(notices)
                .contains("Nothing is left to train in file:" + folder.resolve("finished")
                        + ": the run has come to its end, after epoch 2");
        assertThat(trained).isEmpty();
        assertThat(again).isEqualTo(before);
        assertThat(files("finished")).containsExactlyEntriesOf(files);
    }

    @Test
    void aRunThatStoppedEarlyIsLeftAsItIsUntilItMayGoFurther() {
        // No epoch is better by 1000: the second is the last, and the first the best.
        String[] settings = {
            "training.epochs=9", "training.early-stopping={patience = 1, minimum-delta = 1000, restore-best = true}"
        };
        TrainingResult before = training("stopped", Integer.MAX_VALUE, settings).execute();
        assertThat(trained).containsExactly(1, 2);
        trained.clear();

        assertThat(training("stopped", Integer.MAX_VALUE, settings).resume()).isEqualTo(before);
        assertThat(before.modelEpoch()).isEqualTo(1);
        assertThat(trained).isEmpty();

        resume("stopped", settings[0], settings[1], "training.early-stopping.patience=2");
        assertThat(trained).containsExactly(3);
    }

    @Test
    void theStrictFormRefusesAFinishedRun() {
        run("finished", "training.epochs=1");

        assertThatThrownBy(() -> training("finished", Integer.MAX_VALUE, "training.epochs=1")
                        .resumeOnly())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot resume file:" + folder.resolve("finished") + ": all its 1 epochs are "
                        + "trained, and training.epochs is 1. Raise training.epochs to train on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"training.checkpoint.every-epochs=1", "training.checkpoint.every-epochs=0"})
    void aFinishedRunOfSomethingElseIsRefused(String setting) throws IOException {
        run("finished", setting, "training.epochs=2");
        StripedImages.writeCsv(folder.resolve("other.csv"), 64, 3);

        assertThatThrownBy(() -> resume("finished", setting, "training.epochs=2", "training.seed=7"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("training.seed was 1 and is 7. Set it back");
        assertThatThrownBy(() ->
                        resume("finished", setting, "training.epochs=2", "data.train=" + folder.resolve("other.csv")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the data are others: ");
        assertThatThrownBy(() -> resume("finished", setting, "training.epochs=1"))
                .isInstanceOf(UserException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "training.batch-size, 16, 8",
        "training.seed, 1, 2",
        "training.optimizer.learning-rate, 0.001, 0.01",
        "training.strategy, local, all-reduce",
        "data.normalize, unit, standard"
    })
    void refusesAChangedKey(String key, String before, String after) throws IOException {
        run("changed", "training.epochs=1");

        assertThatThrownBy(() -> resume("changed", "training.epochs=2", "training.workers=1", key + "=" + after))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(": " + key + " was " + before + " and is " + after + ". Set it back");
    }

    @Test
    void refusesAnotherNumberOfWorkers() throws IOException {
        run("workers", "training.epochs=1", "training.strategy=all-reduce", "training.workers=2");

        assertThatThrownBy(() ->
                        resume("workers", "training.epochs=2", "training.strategy=all-reduce", "training.workers=1"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("training.workers was 2 and is 1");
    }

    @Test
    void refusesOtherDataButNotAnotherPlace() throws IOException {
        run("data", "training.epochs=1");
        Files.copy(data.resolve("train.csv"), folder.resolve("moved.csv"));
        StripedImages.writeCsv(folder.resolve("other.csv"), 64, 3);

        assertThatThrownBy(() -> resume("data", "training.epochs=2", "data.train=" + folder.resolve("other.csv")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the data are others: ")
                .hasMessageContaining("other.csv has MD5 ");
        resume("data", "training.epochs=2", "data.train=" + folder.resolve("moved.csv"));
        assertThat(trained).containsExactly(1, 2);
    }

    @Test
    void writesNoCheckpointsWhereNoneAreWanted() throws IOException {
        run("none", "training.epochs=1", "training.checkpoint.every-epochs=0");

        assertThat(folder.resolve("none/checkpoints")).doesNotExist();
        assertThatThrownBy(() -> resume("none", "training.epochs=2"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it has no checkpoint");
    }

    @Test
    void aRunThatEndedBeforeItsFirstCheckpointStartsFromTheBeginning() throws IOException {
        String[] settings = {"training.epochs=2", "training.checkpoint.every-epochs=2"};
        run("whole", settings);
        assertThatThrownBy(() -> interruptedAfter(1, "begun", settings)).hasMessage("interrupted");

        for (String name : new String[] {"begun", "new"}) {
            notices.clear();
            trained.clear();
            resume(name, settings);

            assertThat(notices)
                    .contains(
                            "Resuming file:" + folder.resolve(name) + " from the beginning: it has no checkpoint yet");
            assertThat(trained).containsExactly(1, 2);
            assertThat(state(name).parameters()).isEqualTo(state("whole").parameters());
            assertThat(metricsWithoutTimes(name)).isEqualTo(metricsWithoutTimes("whole"));
        }
    }

    @Test
    void aRunThatWasFrozenWhileItReadItsDataLeavesTheFolderToWhoeverHasTakenIt() throws IOException {
        assertThatThrownBy(() -> interruptedAfter(1, "taken", "training.epochs=2"))
                .hasMessage("interrupted");
        Path manifest = Files.writeString(folder.resolve("taken/manifest.json"), "the other run's");
        TrainingListener frozen = new TrainingListener() {
            @Override
            public void started(Map<String, Object> settings) {
                try {
                    Files.writeString(
                            folder.resolve("taken/running.json"),
                            "{\"id\":\"y\",\"user\":\"you\",\"host\":\"there\",\"process\":7,\"machine\":\"m\",\"started\":1,\"beats\":0}");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };

        assertThatThrownBy(() -> training("taken", frozen, "training.epochs=2").resume())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot go on writing to file:" + folder.resolve("taken")
                        + ": process 7 of you on there has taken it");
        assertThat(manifest).hasContent("the other run's");
        assertThat(folder.resolve("taken/running.json")).exists();
    }

    @Test
    void theStrictFormRefusesARunThatHasStoppedEarly() {
        String[] settings = {"training.epochs=9", "training.early-stopping={patience = 1, minimum-delta = 1000}"};
        run("early", settings);

        assertThatThrownBy(() -> training("early", Integer.MAX_VALUE, settings).resumeOnly())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot resume file:" + folder.resolve("early") + ": it has come to its end after epoch 2,"
                        + " with training.early-stopping.patience = 1. Raise training.early-stopping.patience to train"
                        + " on, or begin a new run in another --output.");
    }

    /** The newest checkpoint is then one within the last epoch. */
    @Test
    void theStrictFormRefusesAFinishedRunWhoseLastEpochWasNotKept() throws IOException {
        String[] settings = {
            "training.epochs=1",
            SmallRuns.WITH_DROPOUT, // an epoch is long enough for a checkpoint
            "training.checkpoint.every-epochs=0",
            "training.checkpoint.every-minutes=0.0001"
        };
        run("within", settings);
        byte[] manifest = Files.readAllBytes(folder.resolve("within/manifest.json"));
        assertThat(folder.resolve("within/checkpoints")).isNotEmptyDirectory();

        assertThatThrownBy(() -> training("within", Integer.MAX_VALUE, settings).resumeOnly())
                .isInstanceOf(UserException.class)
                .hasMessageContaining(": all its 1 epochs are trained, and training.epochs is 1. ");
        assertThat(folder.resolve("within/manifest.json")).hasBinaryContent(manifest);
    }

    @Test
    void theStrictFormRefusesToStartFromTheBeginning() {
        assertThatThrownBy(() -> training("new", Integer.MAX_VALUE).resumeOnly())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot resume file:" + folder.resolve("new") + ": it has no checkpoint."
                        + " Begin again without --resume in another --output.");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private void run(String name, String... settings) {
        training(name, Integer.MAX_VALUE, settings).execute();
    }

    private void interruptedAfter(int epoch, String name, String... settings) {
        training(name, epoch, settings).execute();
    }

    private void resume(String name, String... settings) {
        training(name, Integer.MAX_VALUE, settings).resume();
    }

    private TrainingRun training(String name, int lastEpoch, String... settings) {
        return training(name, new Interruption(lastEpoch), settings);
    }

    private TrainingRun training(String name, TrainingListener listener, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + data.resolve("train.csv"),
                "data.test=" + data.resolve("test.csv"),
                "network.name=all-convolutional",
                "training.batch-size=16",
                "training.strategy=local",
                "training.averaging-frequency=1",
                "device.threads=1"));
        all.addAll(Arrays.asList(settings));
        Configuration configuration = ConfigurationReader.read(name, "", all);
        return new TrainingRun(
                spark(),
                configuration,
                storage(),
                storage().path(folder.resolve(name).toString()),
                List.of(listener));
    }

    /** Ends the run by an exception when an epoch's checkpoint has been written. */
    private final class Interruption implements TrainingListener {
        private final int lastEpoch;

        Interruption(int lastEpoch) {
            this.lastEpoch = lastEpoch;
        }

        @Override
        public void resumed(List<EpochMetrics> epochs, List<StepMetrics> steps) {
            epochs.forEach(epoch -> before.add(epoch.epoch()));
        }

        @Override
        public void noticed(String notice) {
            notices.add(notice);
        }

        @Override
        public void epochEnded(EpochMetrics metrics, Network network) {
            trained.add(metrics.epoch());
            if (metrics.epoch() == lastEpoch) {
                throw new IllegalStateException("interrupted");
            }
        }
    }

    private NetworkState state(String name) {
        return NetworkState.of(
                ModelFolder.load(storage(), folder.resolve(name).toString()).network());
    }

    private Map<Path, byte[]> files(String name) throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.resolve(name))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        return files;
    }

    private List<String> metricsWithoutTimes(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll("\"(seconds|images_per_second)\":[^,}]*", ""))
                .toList();
    }

    private List<Double> rates(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve("metrics.jsonl")).stream()
                .map(line -> Double.valueOf(line.replaceAll(".*\"learning_rate\":([^,}]*).*", "$1")))
                .toList();
    }

    private List<String> checkpoints(String name) throws IOException {
        try (var names = Files.list(folder.resolve(name).resolve("checkpoints"))) {
            return names.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private Storage storage() {
        return Storage.ofLocalMaster(jsc().hadoopConfiguration());
    }
}
