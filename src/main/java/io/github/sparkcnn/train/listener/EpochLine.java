package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.config.BatchSize;
import io.github.sparkcnn.console.Pace;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.track.Seconds;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** What can be said of the epoch that a run is in: minibatch, mean loss so far, images/s, time left of the run. Not thread-safe. */
public final class EpochLine {

    private final int epochs;
    private final LongSupplier nanoTime;
    private int batch;
    private Pace pace;
    private EpochProgress seen = EpochProgress.NONE;
    private long ofImages = 1;

    /**
     * Nothing was seen yet.
     *
     * @param batch images of a minibatch of all workers; 1 where that is not known
     * @param nanoTime as {@link System#nanoTime}
     */
    public EpochLine(int epochs, int batch, LongSupplier nanoTime) {
        this.epochs = epochs;
        this.batch = batch;
        this.nanoTime = nanoTime;
        this.pace = new Pace(epochs, nanoTime);
    }

    /** Another run begins, with these settings in force. */
    public void started(Map<String, Object> settings) {
        pace = new Pace(epochs, nanoTime);
        seen = EpochProgress.NONE;
        batch = BatchSize.inForce(settings).map(BatchSize::images).orElse(batch);
    }

    /** So much of an epoch, counted from 0, was seen. */
    public void progressed(int epoch, EpochProgress progress, long of) {
        pace.seen(epoch, progress.images(), of);
        seen = progress;
        ofImages = of;
    }

    /** An epoch has ended. */
    public void ended(EpochMetrics metrics) {
        pace.ended(metrics.seconds());
    }

    /** Since the first images of the epoch were seen. */
    double seconds() {
        return pace.seconds();
    }

    /** As {@code minibatch 7/16  loss 0.4103  100 images/s  16.0 s left}, without what is not known. */
    @Override
    public String toString() {
        return where() + loss() + speed();
    }

    /** Minibatches of all workers together, where their size is known. */
    private String where() {
        return batch == 1
                ? String.format(Locale.ROOT, "%3d %%", 100 * seen.images() / ofImages)
                : String.format(Locale.ROOT, "minibatch %d/%d", minibatches(seen.images()), minibatches(ofImages));
    }

    private long minibatches(long images) {
        return (images + batch - 1) / batch;
    }

    private String loss() {
        return seen.images() > 0 ? String.format(Locale.ROOT, "  loss %.4f", seen.loss()) : "";
    }

    private String speed() {
        double speed = pace.imagesPerSecond();
        double left = pace.secondsLeft();
        return (speed > 0 ? String.format(Locale.ROOT, "  %,.0f images/s", speed) : "")
                + (Double.isNaN(left) ? "" : "  " + Seconds.text(left) + " left");
    }
}
