package io.github.sparkcnn.track;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The loss within an epoch, as it is trained: a point where the images pass a multiple of the spacing, and one at the end. Whoever counts
 * the same images puts the same points, however often the epoch was interrupted.
 */
public final class LossCurve {

    /** So many in an epoch, where nobody asks for others. */
    private static final int USUAL_POINTS = 50;

    /** More would be no curve but a log, which is kept and drawn as one file. */
    private static final int MOST_POINTS = 1000;

    private final long spacing;
    private List<LossPoint> points;

    /**
     * Goes on behind these points.
     *
     * @param spacing in images of all workers; 0 for no points
     */
    public LossCurve(long spacing, List<LossPoint> before) {
        this.spacing = spacing;
        this.points = spacing == 0 ? List.of() : List.copyOf(before);
    }

    /**
     * The spacing, in images of all workers, of a point every so many steps.
     *
     * @param every 0 for none; empty for as many points as are usual
     * @param ofStep images of all workers in a full step
     * @param ofEpoch images that are seen in an epoch
     */
    public static long spacing(Optional<Integer> every, long ofStep, long ofEpoch) {
        long asked = every.map(steps -> steps * ofStep).orElseGet(() -> shared(ofEpoch, USUAL_POINTS));
        return asked == 0 ? 0 : Math.max(asked, shared(ofEpoch, MOST_POINTS));
    }

    /** What the user must be told: that there are not as many as were asked for. */
    public static Optional<String> notice(Optional<Integer> every, long ofStep, long ofEpoch) {
        long asked = every.map(steps -> steps * ofStep).orElse(0L);
        return asked == 0 || asked == spacing(every, ofStep, ofEpoch)
                ? Optional.empty()
                : Optional.of("tracking.loss-every = " + every.get() + " would be more than " + MOST_POINTS
                        + " points of the loss in an epoch: there are " + MOST_POINTS + " at most");
    }

    private static long shared(long images, int points) {
        return Math.max(1, (images + points - 1) / points);
    }

    /** So far. */
    public List<LossPoint> points() {
        return points;
    }

    /** Hears of the epoch so far, as often as its sums are known; a point is added where one is due. */
    public void seen(int minibatches, long images, double lossSum) {
        if (spacing > 0 && images / spacing > last().images() / spacing) {
            add(new LossPoint(minibatches, images, lossSum));
        }
    }

    /** Hears of the whole epoch: the last point is there, whatever the spacing. */
    public void ended(int minibatches, long images, double lossSum) {
        if (spacing > 0 && images > last().images()) {
            add(new LossPoint(minibatches, images, lossSum));
        }
    }

    /** A new list, for the one before may be on its way to a checkpoint. */
    private void add(LossPoint point) {
        List<LossPoint> more = new ArrayList<>(points);
        more.add(point);
        points = List.copyOf(more);
    }

    private LossPoint last() {
        return points.isEmpty() ? LossPoint.START : points.get(points.size() - 1);
    }
}
