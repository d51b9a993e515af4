package io.github.sparkcnn.track;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.config.TrainingConfig.Strategy;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.keys.Keys;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordedWorkersTest {

    /** From the file that a run writes. */
    @Test
    @SuppressWarnings("unchecked")
    void aManifestsWorkersAreToldInWords() throws IOException {
        Manifest.Workers written = new Manifest.Workers(
                "DL4J_AVERAGING", 4, Arrays.asList(2, 2, 4, null, 1), "local[4]", List.of(16, 16, 16, 15), 63L);

        assertThat(RecordedWorkers.inWords(Json.read(Json.page(written).getBytes(UTF_8), Map.class)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "strategy", "dl4j-averaging",
                        "workers", "4",
                        "workers by epoch", "2 in epochs 1 to 2, 4 in epoch 3, unknown in epoch 4, 1 in epoch 5",
                        "Spark master", "local[4]",
                        "batch size of each worker", "16, 16, 16, 15",
                        "batch size of all workers", "63"));
    }

    @Test
    void whatIsTheSameForAllIsSaidOnce() {
        assertThat(RecordedWorkers.inWords(Map.of(
                        "by_epoch", List.of(2, 2, 2),
                        "batch_sizes", List.of(32, 32),
                        "pace", 3)))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("workers by epoch", "2", "batch size of each worker", "32", "workers.pace", "3"));
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void aStrategyHasTheWordOfTheConfiguration(Strategy strategy) {
        assertThat(RecordedWorkers.inWords(Map.of("strategy", strategy.name())))
                .containsOnly(Map.entry("strategy", Keys.word(strategy)));
        assertThat(strategy.word()).isEqualTo(Keys.word(strategy));
    }
}
