package io.github.sparkcnn.console;

import java.util.function.LongSupplier;

/** How fast an epoch of a run goes and how long the whole run will take, from what was seen so far. Not thread-safe. */
public final class Pace {

    private final int epochs;
    private final LongSupplier nanoTime;
    private int epoch = -1;
    private long firstImages;
    private long firstNanos;
    private long images;
    private long ofImages;
    private double epochSeconds = Double.NaN;

    /**
     * Nothing was seen yet.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    public Pace(int epochs, LongSupplier nanoTime) {
        this.epochs = epochs;
        this.nanoTime = nanoTime;
    }

    /**
     * So many images of an epoch were seen; fewer than before are those of an epoch that was begun again.
     *
     * @param now epoch, counted from 0
     */
    public void seen(int now, long seen, long of) {
        if (now != epoch || seen < images) {
            epoch = now;
            firstImages = seen;
            firstNanos = nanoTime.getAsLong();
        }
        images = seen;
        ofImages = of;
    }

    /** An epoch has ended, with its evaluation after so many seconds. */
    public void ended(double seconds) {
        epochSeconds = seconds;
    }

    /** Seconds since the first images of the epoch were seen. */
    public double seconds() {
        return (nanoTime.getAsLong() - firstNanos) / 1e9;
    }

    /** In this epoch; 0 where nothing can be said yet. */
    public double imagesPerSecond() {
        double seconds = seconds();
        return seconds > 0 ? (images - firstImages) / seconds : 0;
    }

    /** Until the run's end, as long as the last epoch tells, or else this one's pace; not a number where nothing can be said yet. */
    public double secondsLeft() {
        double left = (double) (ofImages - images) / ofImages + epochs - epoch - 1;
        double one = Double.isNaN(epochSeconds) ? ofImages / imagesPerSecond() : epochSeconds;
        return Double.isFinite(one) ? left * one : Double.NaN;
    }
}
