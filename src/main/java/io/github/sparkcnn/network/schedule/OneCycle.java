package io.github.sparkcnn.network.schedule;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Place;
import io.github.sparkcnn.keys.Range;

/**
 * Up from maximum / initialDivisor to the maximum in the first part of the iterations, then down to maximum / initialDivisor /
 * finalDivisor, both along half a cosine (torch.optim.lr_scheduler.OneCycleLR with anneal_strategy "cos" and three_phase False;
 * Smith and Topin, "Super-Convergence", 2018).
 *
 * @param place of the keys, for the message where the run turns out too short
 * @param risingFraction of the iterations, PyTorch's {@code pct_start}
 */
record OneCycle(
        Place place, double maximum, double risingFraction, double initialDivisor, double finalDivisor, int epochs)
        implements Schedule {

    private static final Range RISING = Range.between(0, 1);
    private static final Range DIVISOR =
            Range.atLeast(1).saying("a number of at least 1").finite();

    OneCycle {
        ScheduleRanges.RATE.require("maximum", maximum);
        RISING.require("risingFraction", risingFraction);
        DIVISOR.require("initialDivisor", initialDivisor);
        DIVISOR.require("finalDivisor", finalDivisor);
        ScheduleRanges.EPOCHS.require("epochs", epochs);
    }

    @Override
    public LearningRateSchedule over(long iterationsPerEpoch) {
        long iterations = iterationsPerEpoch * epochs;
        if (risingFraction * iterations <= 1) {
            throw place.wrong(
                    "rising-fraction",
                    "is less than two of " + iterations + " iterations",
                    "more, or make more iterations: a smaller training.batch-size or training.total-batch-size, or"
                            + " more training.epochs");
        }
        return new Rates(maximum, risingFraction, initialDivisor, finalDivisor, iterations);
    }

    @Override
    public boolean stretchesOverTheRun() {
        return true;
    }

    private record Rates(
            double maximum, double risingFraction, double initialDivisor, double finalDivisor, long iterations)
            implements LearningRateSchedule {

        @Override
        public double rate(long iteration) {
            double first = maximum / initialDivisor;
            double top = risingFraction * iterations - 1;
            double last = iterations - 1.0;
            return iteration <= top
                    ? annealed(first, maximum, iteration / top)
                    : annealed(maximum, first / finalDivisor, Math.min(1, (iteration - top) / (last - top)));
        }

        private static double annealed(double from, double to, double done) {
            return to + (from - to) / 2 * (1 + Math.cos(Math.PI * done));
        }
    }

    /** {@code one-cycle}. */
    public static final class Provider implements ScheduleProvider {

        @Override
        public String name() {
            return "one-cycle";
        }

        @Override
        public Schedule read(Keys keys, double baseRate, int epochs) {
            return new OneCycle(
                    keys.place(),
                    baseRate,
                    keys.number("rising-fraction", 0.3, RISING),
                    keys.number("initial-divisor", 25, DIVISOR),
                    keys.number("final-divisor", 1e4, DIVISOR),
                    epochs);
        }
    }
}
