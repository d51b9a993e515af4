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

/**
 * One line an epoch on standard output; on a terminal also the progress within it, and elsewhere lines that begin with two spaces where
 * it takes longer than a minute.
 */
public final class ConsoleListener implements TrainingListener {

    private static final long NANOS_BETWEEN_REDRAWS = 200_000_000L;
    private static final double SECONDS_BETWEEN_LINES = 60;
    /** Of an epoch's seconds so far: one of hours does not fill the log. */
    private static final double SHARE_BETWEEN_LINES = 0.25;

    private final Console console;
    private final int epochs;
    private final LongSupplier nanoTime;
    private final EpochLine line;
    private long lastRedraw;
    private int told;
    private double nextLine = SECONDS_BETWEEN_LINES;

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
        this.nanoTime = nanoTime;
        this.line = new EpochLine(epochs, batch, nanoTime);
        this.lastRedraw = nanoTime.getAsLong() - NANOS_BETWEEN_REDRAWS;
    }

    /** One run after another is heard: nothing of the one before is told of the next, which may have other minibatches. */
    @Override
    public synchronized void started(Map<String, Object> settings) {
        line.started(settings);
        told = 0;
        nextLine = SECONDS_BETWEEN_LINES;
    }

    @Override
    public void noticed(String notice) {
        console.line(notice);
    }

    @Override
    public synchronized void progressed(int epoch, EpochProgress seen, long ofImages) {
        line.progressed(epoch, seen, ofImages);
        if (console.isTerminal()) {
            draw(epoch);
        } else {
            tell(epoch);
        }
    }

    private void draw(int epoch) {
        long now = nanoTime.getAsLong();
        if (now - lastRedraw >= NANOS_BETWEEN_REDRAWS) {
            lastRedraw = now;
            console.draw("Epoch " + (epoch + 1) + "/" + epochs + "  " + line);
        }
    }

    /** After a minute of an epoch, and then every minute, or every quarter of the time so far. */
    private void tell(int epoch) {
        double seconds = line.seconds();
        if (epoch != told) {
            told = epoch;
            nextLine = SECONDS_BETWEEN_LINES;
        }
        if (seconds >= nextLine) {
            nextLine = seconds + Math.max(SECONDS_BETWEEN_LINES, SHARE_BETWEEN_LINES * seconds);
            console.line("  epoch " + (epoch + 1) + " of " + epochs + ": " + line);
        }
    }

    @Override
    public synchronized void epochEnded(EpochMetrics metrics, Network network) {
        line.ended(metrics);
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
