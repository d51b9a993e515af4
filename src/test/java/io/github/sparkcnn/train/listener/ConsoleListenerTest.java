package io.github.sparkcnn.train.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleListenerTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private double seconds;

    @Test
    void aTerminalShowsWhereTheEpochIs() {
        ConsoleListener listener = listener(true);

        listener.epochEnded(new EpochMetrics(1, 0.5, 0.25, 0.75, 0.1, 1000, 10, 125, 2), null);
        listener.progressed(1, EpochProgress.NONE, 1000);
        seconds = 0.1;
        listener.progressed(1, new EpochProgress(64, 32), 1000);
        seconds = 4;
        listener.progressed(1, new EpochProgress(400, 164.12), 1000);

        // 400 images of a mean loss of 0.4103 in 4 s; of two epochs of 10 s, 1.6 are left.
        assertThat(out.toString(UTF_8).split("\r\u001b\\[K"))
                .containsExactly(
                        "Epoch 1/3  train loss 0.5000  validation loss 0.2500  accuracy 0.7500  10.0 s  125 images/s\n",
                        "Epoch 2/3  minibatch 0/16  20.0 s left",
                        "Epoch 2/3  minibatch 7/16  loss 0.4103  100 images/s  16.0 s left");
    }

    /** The run ends of it, and says so itself. */
    @Test
    void aLossThatIsNoNumberIsShownAsIt() {
        listener(true).progressed(0, new EpochProgress(64, Double.NaN), 1000);

        assertThat(out.toString(UTF_8)).isEqualTo("\r\u001b[KEpoch 1/3  minibatch 1/16  loss NaN");
    }

    @Test
    void aLogHearsOfLongEpochsOnLinesThatAreNoEpochs() {
        ConsoleListener listener = listener(false);

        for (seconds = 0; seconds <= 420; seconds += 10) {
            listener.progressed(0, seen((long) (10 * seconds)), 10_000);
        }
        seconds = 1000;
        listener.progressed(1, EpochProgress.NONE, 10_000);
        seconds = 1060;
        listener.progressed(1, seen(600), 10_000);

        assertThat(out.toString(UTF_8).lines())
                .hasSize(7)
                .allMatch(line -> line.startsWith("  epoch "))
                .startsWith("  epoch 1 of 3: minibatch 10/157  loss 2.0000  10 images/s  49 min 00 s left")
                .element(6)
                .asString()
                .startsWith("  epoch 2 of 3: minibatch 10/157");
    }

    @Test
    void theNextRunIsToldOfByItselfAlone() {
        ConsoleListener both = listener(true);
        both.progressed(0, seen(500), 1000);
        both.epochEnded(new EpochMetrics(1, 0.5, 0.25, 0.75, 0.1, 1000, 10, 125, 2), null);
        String first = out.toString(UTF_8);
        seconds = 1;
        both.started(Map.of("training.total-batch-size", 100));
        both.progressed(0, EpochProgress.NONE, 1000);

        // As from the beginning: no loss and no epoch yet, and minibatches of its own.
        assertThat(out.toString(UTF_8).substring(first.length())).isEqualTo("\r\u001b[KEpoch 1/3  minibatch 0/10");
    }

    @Test
    void aLogHearsOfTheNextRunsFirstEpochAsOfAnyOther() {
        ConsoleListener both = listener(false);
        for (int run = 0; run < 2; run++) {
            both.started(Map.of("training.batch-size", 64));
            for (double begun = seconds; seconds <= begun + 100; seconds += 10) {
                both.progressed(0, seen((long) (10 * (seconds - begun))), 10_000);
            }
        }

        assertThat(out.toString(UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("  epoch 1 of 3: minibatch 10/157"));
    }

    /** Of a loss of 2. */
    private static EpochProgress seen(long images) {
        return new EpochProgress(images, 2.0 * images);
    }

    private ConsoleListener listener(boolean terminal) {
        return new ConsoleListener(
                new Console(new PrintStream(out, true, UTF_8), terminal), 3, 64, () -> (long) (seconds * 1e9));
    }
}
