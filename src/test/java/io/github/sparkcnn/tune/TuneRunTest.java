package io.github.sparkcnn.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.mlflow.FakeMlflow;
import io.github.sparkcnn.train.StripedImages;
import io.github.sparkcnn.train.TrainingRun;
import io.github.sparkcnn.tune.Trial.Status;
import io.github.sparkcnn.tune.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuneRunTest extends SparkTest {

    private static final String RATES = "training.optimizer.learning-rate = { from = 1e-3, to = 1e-2, scale = log }";
    private static final Optional<Halving> BY_TWO = Optional.of(new Halving(2, 1));

    @TempDir
    static Path folder;

    private final List<String> trained = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void writeImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 40, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 20, 2);
    }

    @BeforeEach
    void forget() {
        trained.clear();
    }

    @Test
    void aResumedSearchComesToWhatAnUninterruptedOneDoes() throws IOException {
        Search whole = tune("whole", 2, Optional.empty(), "training.epochs=2").execute();
        assertThat(trained).containsExactly("1.1", "1.2", "2.1", "2.2");
        trained.clear();
        assertThatThrownBy(() -> tune("cut", 2, Optional.empty(), interruptedAfter("2.1"), "training.epochs=2")
                        .execute())
                .hasMessage("interrupted");
        trained.clear();

        Search resumed = tune("cut", 2, Optional.empty(), "training.epochs=2").resume();

        assertThat(trained).containsExactly("2.2");
        assertThat(figures(resumed)).isEqualTo(figures(whole));
        assertThat(resumed.best()).isEqualTo(whole.best());
        assertThat(folder.resolve("cut/best.conf")).hasSameTextualContentAs(folder.resolve("whole/best.conf"));
        assertThat(parameters("cut/trial-0002")).isEqualTo(parameters("whole/trial-0002"));
        assertThat(Json.read(Files.readAllBytes(folder.resolve("cut/tune.json")), Search.class))
                .isEqualTo(resumed);
        assertThat(folder.resolve("cut/tune.txt")).hasContent(resumed.text());
        assertThat(folder.resolve("cut/tune.html")).content().contains("trial 2", "<svg");
        trained.clear();
        assertThat(tune("cut", 2, Optional.empty(), "training.epochs=2").resume())
                .isEqualTo(resumed);
        assertThat(trained).isEmpty();
        assertThatThrownBy(() ->
                        tune("cut", 2, Optional.empty(), "training.epochs=3").resume())
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot resume " + path("cut") + ": training.epochs was 2 and is 3. Set it back, or begin a new"
                                + " search in another --output.");
        // Of the keys device.* the one that changes results.
        assertThatThrownBy(() -> tune("cut", 2, Optional.empty(), "training.epochs=2", "device.precision=bf16")
                        .resume())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("device.precision was absent and is bf16");
    }

    /** Written by a thread of its own: within a minute. */
    @Test
    void thePageShowsTheTrialsSoFarAndReadsItselfAgainUntilTheLast() throws IOException {
        Path page = folder.resolve("watched/tune.html");
        List<String> seen = new ArrayList<>();
        tune(
                        "watched",
                        2,
                        Optional.empty(),
                        new SearchListener() {
                            @Override
                            public void epochEnded(int trial, EpochMetrics metrics) {
                                seen.add(await(page, trial - 1 + " of 2 trials ha"));
                            }
                        },
                        "training.epochs=1")
                .execute();

        assertThat(seen).hasSize(2).allMatch(html -> html.contains("http-equiv=\"refresh\" content=\"10\""));
        assertThat(seen.get(0))
                .contains(
                        "The search goes on: 0 of 2 trials have come to something, as of ",
                        "No trial has come to anything yet.");
        assertThat(seen.get(1))
                .contains("The search goes on: 1 of 2 trials has come to something, as of ", "<h2>Trials</h2>");
        assertThat(page).content().contains("2 of 2 trials").doesNotContain("http-equiv", "goes on");
    }

    @Test
    void thePageOfASearchThatIsBrokenOffSaysSo() {
        Path page = folder.resolve("broken-off/tune.html");
        SearchListener listener = new SearchListener() {
            @Override
            public void epochEnded(int trial, EpochMetrics metrics) {
                await(page, "0 of 2 trials have");
                throw new IllegalStateException("interrupted");
            }
        };

        assertThatThrownBy(() -> tune("broken-off", 2, Optional.empty(), listener, "training.epochs=1")
                        .execute())
                .hasMessage("interrupted");

        assertThat(page)
                .content()
                .contains(
                        "The search has ended before it came to its end: 0 of 2 trials have come to something. The same"
                                + " command with --resume goes on with it.")
                .doesNotContain("http-equiv");
    }

    private static String await(Path page, String text) {
        try {
            String found = "";
            for (int waited = 0; waited < 1200 && !found.contains(text); waited++) {
                TimeUnit.MILLISECONDS.sleep(50);
                found = Files.exists(page) ? Files.readString(page) : "";
            }
            return found;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One-cycle stretches over all epochs, be they trained with a pause or without. */
    @Test
    void theBestOfAHalvedSearchIsWhatItsConfigurationTrainsWithoutAPause() throws IOException {
        String[] settings = {
            "training.epochs=2", "training.schedule.name=one-cycle", "training.checkpoint.every-epochs=0"
        };
        Search whole = tune("halved", 3, BY_TWO, settings).execute();

        assertThat(whole.rungs()).containsExactly(1, 2);
        assertThat(whole.trials()).hasSize(3).extracting(Trial::status).contains(Status.STOPPED, Status.FINISHED);
        Trial best = whole.bestTrial().orElseThrow();
        Configuration configuration =
                ConfigurationReader.read("best.conf", Files.readString(folder.resolve("halved/best.conf")), List.of());
        new TrainingRun(spark(), configuration, storage(), path("alone"), List.of()).execute();
        assertThat(parameters("alone"))
                .isEqualTo(parameters(String.format(Locale.ROOT, "halved/trial-%04d", best.number())));

        List<String> steps = List.copyOf(trained);
        trained.clear();
        assertThatThrownBy(() -> tune("halved-cut", 3, BY_TWO, interruptedAfter(steps.get(3)), settings)
                        .execute())
                .hasMessage("interrupted");
        Search resumed = tune("halved-cut", 3, BY_TWO, settings).resume();
        assertThat(figures(resumed)).isEqualTo(figures(whole));
        assertThat(trained).isEqualTo(steps);
    }

    @Test
    void aSearchThatGoesOnMeasuresOnTheSameFiles() throws IOException {
        Path test = folder.resolve("changing.csv");
        StripedImages.writeCsv(test, 20, 2);
        String[] settings = {"training.epochs=1", "data.test=" + test};
        tune("changed", 1, Optional.empty(), settings).execute();
        StripedImages.writeCsv(test, 20, 3);

        assertThatThrownBy(() -> tune("changed", 2, Optional.empty(), settings).resume())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot go on with the search in " + path("changed") + ": trial 2 has read another " + test
                        + " than trial 1. Bring back the file, or begin a new search in another --output.");
    }

    @Test
    void aFolderOfSomebodyElseIsLeftAlone() throws IOException {
        Path thesis = Files.createDirectories(folder.resolve("mine")).resolve("best.conf");
        Files.writeString(thesis, "precious");

        assertThatThrownBy(() ->
                        tune("mine", 1, Optional.empty(), "training.epochs=1").resume())
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot resume " + path("mine") + ": there is no tune.json in it, and it is not empty. Name the"
                                + " --output of a search, or a folder that is not there.");
        assertThat(thesis).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"by\":\"loss\",\"asked\":1,\"rungs\":[],\"best\":null,\"trials\":[]}",
                "{\"by\":\"loss\",\"asked\":1,\"rungs\":[],\"best\":null,\"begun_with\":{},\"trials\":[{\"trial\":1,\"settings\":{},\"status\":null,\"epochs\":[]}]}",
                "{\"by\":\"loss\",\"asked\":1,\"rungs\":[],\"best\":null,\"begun_with\":{},\"trials\":[{\"trial\":9,\"settings\":{},\"status\":\"failed\",\"reason\":\"r\",\"epochs\":[]}]}",
                "{\"by\":\"loss\",\"asked\":1,\"rungs\":[],\"best\":null,\"begun_with\":{},\"trials\":[{\"trial\":1,\"settings\":{},\"status\":\"failed\",\"epochs\":[]}]}",
                "{\"by\":\"loss\",\"asked\":1,\"rungs\":[],\"best\":null,\"begun_with\":{},\"trials\":[{\"trial\":1,\"settings\":{},\"status\":\"finished\",\"value\":0.5,\"epochs\":[]}]}",
                "{\"by\":\"loss\",\"asked\":1,\"rungs\":[],\"best\":null,\"begun_with\":{},\"trials\":[{\"trial\":1,\"settings\":{},\"status\":\"finished\",\"value\":0.5,\"epochs\":[{\"epoch\":1,\"validation_loss\":0.5}]}]}",
                "{\"by\":\"loss\",\"asked\":1,\"rungs\":[],\"best\":null,\"begun_with\":{},\"trials\":[{\"trial\":1,\"settings\":{\"k\":null},\"status\":\"failed\",\"reason\":\"r\",\"epochs\":[]}]}",
                "{\"by\":\"beauty\",\"asked\":1,\"rungs\":[],\"best\":null,\"begun_with\":{},\"trials\":[]}",
                "{\"by\":\"loss\",\"asked\":1,\"rungs\":[],\"best\":null,\"begun_with\":{\"k\":null},\"trials\":[]}"
            })
    void aDamagedSearchIsNotGoneOnWith(String json) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("damaged")).resolve("tune.json"), json);

        assertThatThrownBy(() -> tune("damaged", 1, Optional.empty(), "training.epochs=1")
                        .resume())
                .isInstanceOf(UserException.class)
                .hasMessageMatching("Cannot resume .*: its tune.json is damaged \\(.+\\)\\. Bring back .*");
    }

    /** Two of three pause behind their first epoch and are not gone on with. */
    @Test
    void trialsAreTrackedWithinTheSearch() throws IOException {
        try (FakeMlflow server = FakeMlflow.start()) {
            tune("tracked", 3, BY_TWO, "training.epochs=2", "tracking.mlflow.uri=" + server.uri())
                    .execute();

            assertThat(server.violations()).isEmpty();
            assertThat(server.runs())
                    .extracting(run -> run.name)
                    .containsExactly("tracked", "trial-0001", "trial-0002", "trial-0003");
            assertThat(server.runs()).extracting(run -> run.status).containsOnly("FINISHED");
            FakeMlflow.Run search = server.runs().get(0);
            assertThat(search.artifacts).containsOnlyKeys("tune.txt", "tune.json", "tune.html", "best.conf");
            assertThat(server.runs().subList(1, 4))
                    .allSatisfy(trial -> assertThat(trial.tags).containsEntry("mlflow.parentRunId", search.id));
        }
    }

    @Test
    void aResumedSearchIsTrackedInTheSameRun() throws IOException {
        try (FakeMlflow server = FakeMlflow.start()) {
            String[] settings = {"training.epochs=1", "tracking.mlflow.uri=" + server.uri()};
            assertThatThrownBy(() -> tune("tracked-cut", 2, Optional.empty(), interruptedAfter("1.1"), settings)
                            .execute())
                    .hasMessage("interrupted");
            assertThat(server.runs()).extracting(run -> run.status).containsOnly("FAILED");

            tune("tracked-cut", 2, Optional.empty(), settings).resume();

            assertThat(server.violations()).isEmpty();
            assertThat(server.runs())
                    .extracting(run -> run.name)
                    .containsExactly("tracked-cut", "trial-0001", "trial-0002");
            assertThat(server.runs()).extracting(run -> run.status).containsOnly("FINISHED");
        }
    }

    @Test
    void trialsAtTheSameTimeComeToWhatTheyComeToOneAfterAnother() {
        String[] settings = {"training.epochs=1", "training.strategy=all-reduce", "training.workers=1"};
        Search one = tune("one", 3, Optional.empty(), settings).execute();

        Search two = new TuneRun(
                        spark(),
                        storage(),
                        experiment(settings),
                        SearchSpace.parse("space.conf", RATES),
                        new SearchPlan(3, Optional.empty(), Objective.ACCURACY, Optional.empty(), 2),
                        path("two"),
                        heard(""))
                .execute();

        assertThat(figures(two)).isEqualTo(figures(one));
    }

    @Test
    void aTrialThatDivergesIsARowAndASearchOfNothingElseFails() {
        Search mixed = search("mixed", "training.optimizer.weight-decay = [0, 1e30]", 2)
                .execute();

        assertThat(mixed.trials())
                .extracting(Trial::status)
                .containsExactlyInAnyOrder(Status.FINISHED, Status.DIVERGED);
        assertThat(mixed.bestTrial().orElseThrow().settings())
                .isEqualTo(Map.of("training.optimizer.weight-decay", "0"));
        assertThat(mixed.text()).contains("diverged: Cannot go on training in epoch 1: ");

        assertThatThrownBy(() -> search("hopeless", "training.optimizer.weight-decay = [1e29, 1e30]", 2)
                        .execute())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot find a best configuration in " + path("hopeless")
                        + ": all 2 trials failed, trial 1: Cannot go on training in epoch 1: ")
                .hasMessageEndingWith("Why the others did is in " + path("hopeless/tune.txt") + ".");
        assertThat(folder.resolve("hopeless/best.conf")).doesNotExist();
    }

    @Test
    void refusesBeforeAnythingIsTrained() {
        assertThatThrownBy(() -> search("r", "training.batch-size = { from = 0, to = 64, whole = true }", 2)
                        .execute())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use the configuration: training.batch-size is 0. Set it to 1 or more.");
        assertThatThrownBy(() -> search("r", "data.test = [a.csv, b.csv]", 2).execute())
                .hasMessage(
                        "Cannot search over data.test, as space.conf does: the trials would be measured on different"
                                + " images. Leave it out of the space.");
        assertThatThrownBy(
                        () -> tune("r", 2, Optional.empty(), "data.test=null").execute())
                .hasMessage("Cannot tune by loss: there is no test set to measure it on."
                        + " Set data.test or data.validation-fraction.");
        assertThatThrownBy(() -> parallel(3, "training.strategy=all-reduce", "training.workers=1"))
                .hasMessage("Cannot train 3 trials at once: a trial has 1 worker, and the cluster has 2 slots."
                        + " Lower --parallel to 2 or less.");
        assertThatThrownBy(() -> parallel(2, "training.strategy=all-reduce"))
                .hasMessage("Cannot train 2 trials at once: a trial has 2 workers, and the cluster has 2 slots."
                        + " Lower --parallel or set training.workers to 1.");
        assertThat(folder.resolve("r")).doesNotExist();
        assertThat(trained).isEmpty();
    }

    @Test
    void whatIsWrongForAllTrialsIsSaidOnceAndLeavesNothing() {
        assertThatThrownBy(() -> tune("nowhere", 2, Optional.empty(), "data.train=" + folder.resolve("nowhere.csv"))
                        .execute())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read " + folder.resolve("nowhere.csv") + ": there is no such file");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    private void parallel(int trials, String... settings) {
        new TuneRun(
                        spark(),
                        storage(),
                        experiment(settings),
                        SearchSpace.parse("space.conf", RATES),
                        new SearchPlan(3, Optional.empty(), Objective.ACCURACY, Optional.empty(), trials),
                        path("r"),
                        heard(""))
                .execute();
    }

    private TuneRun search(String name, String space, int trials) {
        return new TuneRun(
                spark(),
                storage(),
                experiment("training.epochs=1", "training.optimizer.name=sgd", "training.batch-size=4"),
                SearchSpace.parse("space.conf", space),
                new SearchPlan(trials, Optional.empty(), Objective.ACCURACY, Optional.empty(), 1),
                path(name),
                heard(""));
    }

    private TuneRun tune(String name, int trials, Optional<Halving> halving, String... settings) {
        return tune(name, trials, halving, heard(""), settings);
    }

    private TuneRun tune(
            String name, int trials, Optional<Halving> halving, SearchListener listener, String... settings) {
        return new TuneRun(
                spark(),
                storage(),
                experiment(settings),
                SearchSpace.parse("space.conf", RATES),
                new SearchPlan(trials, Optional.empty(), Objective.LOSS, halving, 1),
                path(name),
                listener);
    }

    private SearchListener interruptedAfter(String epoch) {
        return heard(epoch);
    }

    /** Writes down {@code trial.epoch}, and throws after the last. */
    private SearchListener heard(String last) {
        return new SearchListener() {
            @Override
            public void epochEnded(int trial, EpochMetrics metrics) {
                String epoch = trial + "." + metrics.epoch();
                trained.add(epoch);
                if (epoch.equals(last)) {
                    throw new IllegalStateException("interrupted");
                }
            }
        };
    }

    private static SearchedExperiment experiment(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + folder.resolve("train.csv"),
                "data.test=" + folder.resolve("test.csv"),
                "network.name=all-convolutional",
                "training.batch-size=20",
                "training.strategy=local",
                "device.threads=1"));
        all.addAll(List.of(settings));
        return new SearchedExperiment() {
            @Override
            public Configuration with(List<String> further) {
                return ConfigurationReader.read("test", "", joined(all, further));
            }

            @Override
            public String textWith(List<String> further) {
                return ConfigurationReader.merged("test", "", joined(all, further));
            }
        };
    }

    private static List<String> joined(List<String> some, List<String> others) {
        List<String> joined = new ArrayList<>(some);
        joined.addAll(others);
        return joined;
    }

    /** All that does not depend on the hour. */
    private static List<String> figures(Search search) {
        return search.trials().stream()
                .map(trial -> trial.number() + " " + trial.settings() + " " + trial.status() + " "
                        + trial.epochs().stream()
                                .map(epoch -> epoch.trainLoss() + " " + epoch.validationLoss() + " "
                                        + epoch.validationAccuracy() + " " + epoch.learningRate())
                                .toList())
                .toList();
    }

    private static float[] parameters(String run) {
        return NetworkState.of(ModelFolder.load(storage(), folder.resolve(run).toString())
                        .network())
                .parameters();
    }

    private static org.apache.hadoop.fs.Path path(String name) {
        return storage().path(folder.resolve(name).toString());
    }

    private static Storage storage() {
        return Storage.ofLocalMaster(jsc().hadoopConfiguration());
    }
}
