package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How far the epochs of a run are: a line that is drawn over on a terminal, elsewhere lines that begin with two spaces where an epoch
 * takes longer than a minute. Not thread-safe.
 */
public final class ProgressLines {

    private static final long NANOS_BETWEEN_REDRAWS = 200_000_000L;
    private static final double SECONDS_BETWEEN_LINES = 60;
    /** Of an epoch's seconds so far: one of hours does not fill the log. */
    private static final double SHARE_BETWEEN_LINES = 0.25;

    private final Console console;
    private final String run;
    private final int epochs;
    private final LongSupplier nanoTime;
    private final EpochLine line;
    private long lastRedraw;
    private int told;
    private double nextLine = SECONDS_BETWEEN_LINES;

    /**
     * Nothing was seen yet.
     *
     * @param run what people call it, where there are several; else empty
     * @param epochs that it is trained
     * @param batch images of a minibatch of all workers; 1 where that is not known
     * @param nanoTime as {@link System#nanoTime}
     */
    public ProgressLines(Console console, String run, int epochs, int batch, LongSupplier nanoTime) {
        this.console = console;
        this.run = run;
        this.epochs = epochs;
        this.nanoTime = nanoTime;
        this.line = new EpochLine(epochs, batch, nanoTime);
        this.lastRedraw = nanoTime.getAsLong() - NANOS_BETWEEN_REDRAWS;
    }

    /** Another run begins, with these settings in force: nothing of the one before is told of it. */
    public void started(Map<String, Object> settings) {
        line.started(settings);
        told = 0;
        nextLine = SECONDS_BETWEEN_LINES;
    }

    /** So much of an epoch, counted from 0, was seen. */
    public void progressed(int epoch, EpochProgress seen, long ofImages) {
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
            console.draw((run.isEmpty() ? "Epoch " : run + "  epoch ") + (epoch + 1) + "/" + epochs + "  " + line);
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
            console.line(
                    "  " + (run.isEmpty() ? "" : run + ", ") + "epoch " + (epoch + 1) + " of " + epochs + ": " + line);
        }
    }

    /** An epoch has ended. */
    public void ended(EpochMetrics metrics) {
        line.ended(metrics);
    }
}
