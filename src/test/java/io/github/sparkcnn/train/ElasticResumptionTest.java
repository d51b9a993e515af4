package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run whose workers come and go is resumed. The session has two slots: a bound of 1 is a cluster that has one. */
class ElasticResumptionTest extends SparkTest {

    private static final String BOUNDS = "{min = 1, max = 2}";

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    private SmallRuns runs;

    /** What one worker comes to, without a break. */
    private static NetworkState alone;

    @BeforeAll
    static void trainAlone() throws IOException {
        StripedImages.writeCsv(data.resolve("train.csv"), 50, 1);
        StripedImages.writeCsv(data.resolve("test.csv"), 20, 2);
        SmallRuns runs = new SmallRuns(spark(), data);
        runs.train("alone", settings("1", "training.strategy=local"));
        alone = NetworkState.of(runs.saved("alone").network());
    }

    @BeforeEach
    void prepare() {
        runs = new SmallRuns(spark(), folder);
    }

    /** After the epoch with {@code before} workers, two are trained with {@code after}. */
    @ParameterizedTest(name = "{0}, then {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{min = 1, max = 1} | {min = 1, max = 2} | 1 | 2",
                "{min = 1, max = 2} | {min = 1, max = 1} | 2 | 1",
                "{min = 1, max = 2} | {min = 1, max = 2} | 2 | 2",
                "{min = 1, max = 7} | {min = 2, max = 3, patience = 5 seconds} | 2 | 2"
            })
    void goesOnWithTheWorkersThereAreWithinWhateverBounds(String begun, String resumed, int before, int after)
            throws IOException {
        interrupt("run", begun);

        TrainingResult result = runs.resume("run", settings(resumed));

        assertThat(result.epochs()).extracting(EpochMetrics::workers).containsExactly(before, after, after);
        assertThat(workersOfManifest("run")).isEqualTo(List.of(before, after, after));
        NetworkState state = NetworkState.of(runs.saved("run").network());
        assertThat(SmallRuns.furthest(state.parameters(), alone.parameters())).isLessThan(1e-5);
        assertThat(SmallRuns.furthest(state.updater(), alone.updater())).isLessThan(1e-5);
        assertThat(state.iteration()).isEqualTo(alone.iteration());
    }

    @Test
    void aNumberInPlaceOfBoundsIsRefusedAndTheReverseToo() {
        interrupt("bounds", BOUNDS);
        interrupt("number", "2");

        assertThatThrownBy(() -> runs.resume("bounds", settings("2")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(": training.workers was elastic and is 2. Set it back");
        assertThatThrownBy(() -> runs.resume("number", settings(BOUNDS)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(": training.workers was 2 and is elastic. Set it back");
    }

    @Test
    void moreThanThereIsRoomForAreRefusedUntilThereIs() {
        interrupt("run", BOUNDS);

        assertThatThrownBy(() -> runs.resume("run", settings("{min = 3, max = 4}")))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot train with 3 workers: the cluster has 2 slots");
        assertThat(runs.resume("run", settings(BOUNDS)).epochs()).hasSize(3);
    }

    /** When the first epoch's checkpoint has been written. */
    private void interrupt(String name, String workers) {
        TrainingListener interruption = new TrainingListener() {
            @Override
            public void epochEnded(EpochMetrics metrics, Network network) {
                throw new IllegalStateException("interrupted");
            }
        };
        assertThatThrownBy(() -> runs.heard(name, interruption, settings(workers)))
                .hasMessage("interrupted");
    }

    private List<?> workersOfManifest(String name) throws IOException {
        Map<?, ?> manifest = Json.read(Files.readAllBytes(folder.resolve(name).resolve("manifest.json")), Map.class);
        return (List<?>) ((Map<?, ?>) manifest.get("workers")).get("by_epoch");
    }

    private static String[] settings(String workers, String... further) {
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + data.resolve("train.csv"),
                "data.test=" + data.resolve("test.csv"),
                "training.strategy=all-reduce",
                "training.workers=" + workers,
                "training.total-batch-size=7",
                "training.epochs=3",
                "training.optimizer={name = sgd, learning-rate = 0.05, momentum = 0.9}"));
        all.addAll(List.of(further));
        return all.toArray(String[]::new);
    }
}
