package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** One line an epoch on standard output, and meanwhile {@linkplain ProgressLines how far it is}. */
public final class ConsoleListener implements TrainingListener {

    private final Console console;
    private final int epochs;
    private final ProgressLines progress;

    /** Draws progress if {@code terminal} says that someone is looking. */
    public ConsoleListener(PrintStream out, boolean terminal, int epochs) {
        this(new Console(out, terminal), epochs, 1, System::nanoTime);
    }

    /** Of a run that is trained like this. */
    public ConsoleListener(Console console, TrainingConfig training) {
        this(console, training.epochs(), training.batch().images(), System::nanoTime);
    }

    ConsoleListener(Console console, int epochs, int batch, LongSupplier nanoTime) {
        this.console = console;
        this.epochs = epochs;
        this.progress = new ProgressLines(console, "", epochs, batch, nanoTime);
    }

    /** One run after another is heard: nothing of the one before is told of the next, which may have other minibatches. */
    @Override
    public synchronized void started(Map<String, Object> settings) {
        progress.started(settings);
    }

    @Override
    public void noticed(String notice) {
        console.line(notice);
    }

    @Override
    public synchronized void progressed(int epoch, EpochProgress seen, long ofImages) {
        progress.progressed(epoch, seen, ofImages);
    }

    @Override
    public synchronized void epochEnded(EpochMetrics metrics, Network network) {
        progress.ended(metrics);
        StringBuilder ended = new StringBuilder(String.format(
                Locale.ROOT, "Epoch %d/%d  train loss %.4f", metrics.epoch(), epochs, metrics.trainLoss()));
        if (metrics.validationLoss() != null) {
            ended.append(String.format(
                    Locale.ROOT,
                    "  validation loss %.4f  accuracy %.4f",
                    metrics.validationLoss(),
                    metrics.validationAccuracy()));
        }
        ended.append(
                String.format(Locale.ROOT, "  %.1f s  %,.0f images/s", metrics.seconds(), metrics.imagesPerSecond()));
        console.line(ended.toString());
    }
}
