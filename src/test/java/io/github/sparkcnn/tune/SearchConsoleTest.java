package io.github.sparkcnn.tune;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchConsoleTest {

    private static final Map<String, Object> SETTINGS = Map.of("training.batch-size", 64);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private double seconds;

    @Test
    void aLogHearsHowFarTheLongEpochsOfEachTrialAre() {
        SearchConsole console = console(false);
        console.started(3, 2, SETTINGS);
        console.started(4, 6, SETTINGS);

        for (seconds = 0; seconds <= 70; seconds += 10) {
            console.progressed(3, 0, seen(), 10_000);
            console.progressed(4, 1, seen(), 10_000);
        }

        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "  Trial 3, epoch 1 of 2: minibatch 10/157  loss 2.0000  10 images/s  32 min 20 s left",
                        "  Trial 4, epoch 2 of 6: minibatch 10/157  loss 2.0000  10 images/s  1 h 22 min left");
    }

    @Test
    void aTerminalShowsTheFirstOfThoseThatAreTrained() {
        SearchConsole console = console(true);
        console.started(3, 2, SETTINGS);
        console.started(4, 6, SETTINGS);

        console.progressed(4, 1, new EpochProgress(64, 32), 1000);
        console.progressed(3, 0, new EpochProgress(64, 32), 1000);
        seconds = 1;
        console.progressed(4, 1, new EpochProgress(128, 64), 1000);
        console.ended(trial(3));
        console.progressed(4, 1, new EpochProgress(640, 320), 1000);

        assertThat(out.toString(UTF_8).split("\r\u001b\\[K"))
                .containsExactly(
                        "",
                        "Trial 4  epoch 2/6  minibatch 1/16  loss 0.5000",
                        "Trial 3  epoch 1/2  minibatch 1/16  loss 0.5000",
                        "Trial 3  finished after epoch 2, accuracy 0.7500\n",
                        "Trial 4  epoch 2/6  minibatch 10/16  loss 0.5000  576 images/s  7.6 s left");
    }

    @Test
    void whatSeveralTrialsNoticeIsSaidOnce() {
        SearchConsole console = console(false);

        console.noticed(1, "Backend: CPU");
        console.noticed(2, "Backend: CPU");

        assertThat(out.toString(UTF_8).lines()).containsExactly("Trial 1  Backend: CPU");
    }

    /** Ten a second, of a loss of 2. */
    private EpochProgress seen() {
        return new EpochProgress((long) (10 * seconds), 20 * seconds);
    }

    private static Trial trial(int number) {
        EpochMetrics last = new EpochMetrics(2, 0.5, 0.25, 0.75, 0.1, 1000, 10, 125, 2);
        return Trial.trained(number, Map.of(), Trial.Status.FINISHED, Objective.parse("accuracy"), List.of(last, last));
    }

    private SearchConsole console(boolean terminal) {
        SearchPlan plan = new SearchPlan(9, Optional.empty(), Objective.parse("accuracy"), Optional.empty(), 2);
        return new SearchConsole(
                new Console(new PrintStream(out, true, UTF_8), terminal), plan, () -> (long) (seconds * 1e9));
    }
}
