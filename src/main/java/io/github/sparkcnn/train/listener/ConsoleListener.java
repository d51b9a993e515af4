package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import java.io.PrintStream;
import java.util.Locale;

/** One line an epoch on standard output; on a terminal also the progress within it. */
public final class ConsoleListener implements TrainingListener {

    private static final long NANOS_BETWEEN_REDRAWS = 200_000_000L;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final int epochs;
    private long lastRedraw;

    /** Draws progress if {@code terminal} says that someone is looking. */
    public ConsoleListener(PrintStream out, boolean terminal, int epochs) {
        this.out = out;
        this.terminal = terminal;
        this.epochs = epochs;
    }

    @Override
    public void noticed(String notice) {
        out.println(notice);
    }

    @Override
    public void progressed(int epoch, long images, long ofImages) {
        long now = System.nanoTime();
        if (terminal && now - lastRedraw > NANOS_BETWEEN_REDRAWS) {
            lastRedraw = now;
            out.printf(Locale.ROOT, "%sEpoch %d/%d  %3d %%", ERASE_LINE, epoch + 1, epochs, 100 * images / ofImages);
            out.flush();
        }
    }

    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        StringBuilder line = new StringBuilder(terminal ? ERASE_LINE : "");
        line.append(String.format(
                Locale.ROOT, "Epoch %d/%d  train loss %.4f", metrics.epoch(), epochs, metrics.trainLoss()));
        if (metrics.validationLoss() != null) {
            line.append(String.format(
                    Locale.ROOT,
                    "  validation loss %.4f  accuracy %.4f",
                    metrics.validationLoss(),
                    metrics.validationAccuracy()));
        }
        line.append(
                String.format(Locale.ROOT, "  %.1f s  %,.0f images/s", metrics.seconds(), metrics.imagesPerSecond()));
        out.println(line);
    }
}
