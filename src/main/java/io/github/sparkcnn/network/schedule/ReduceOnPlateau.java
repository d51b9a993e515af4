package io.github.sparkcnn.network.schedule;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;

/**
 * The rate times {@code factor} when the validation loss has not fallen below best · (1 − threshold) for more than
 * {@code patience} epochs (torch.optim.lr_scheduler.ReduceLROnPlateau with mode "min" and threshold_mode "rel").
 *
 * @param cooldown epochs after a reduction in which none counts as bad
 * @param minimum of the rate
 */
record ReduceOnPlateau(
        double factor, int patience, double threshold, int cooldown, double minimum, PlateauState current)
        implements Schedule, LearningRateSchedule {

    /** PyTorch's {@code eps}: a smaller change of the rate is not made. */
    private static final double SMALLEST_CHANGE = 1e-8;

    private static final Range THRESHOLD = Range.atLeast(0).below(1).saying("at least 0, below 1");
    private static final Range COUNT = Range.atLeast(0);

    ReduceOnPlateau {
        ScheduleRanges.FACTOR.require("factor", factor);
        COUNT.require("patience", patience);
        THRESHOLD.require("threshold", threshold);
        COUNT.require("cooldown", cooldown);
        COUNT.require("minimum", minimum);
    }

    @Override
    public LearningRateSchedule over(long iterationsPerEpoch) {
        return this;
    }

    @Override
    public double rate(long iteration) {
        return current.rate();
    }

    @Override
    public LearningRateSchedule afterEpoch(double validationLoss) {
        boolean better = validationLoss < current.best() * (1 - threshold);
        double best = better ? validationLoss : current.best();
        int badEpochs = better ? 0 : current.badEpochs() + 1;
        int cooldownLeft = current.cooldownLeft();
        if (cooldownLeft > 0) {
            cooldownLeft--;
            badEpochs = 0;
        }
        return badEpochs > patience
                ? in(new PlateauState(reduced(), best, 0, cooldown))
                : in(new PlateauState(current.rate(), best, badEpochs, cooldownLeft));
    }

    private double reduced() {
        double rate = Math.max(current.rate() * factor, minimum);
        return current.rate() - rate > SMALLEST_CHANGE ? rate : current.rate();
    }

    @Override
    public boolean followsTheLoss() {
        return true;
    }

    private LearningRateSchedule in(PlateauState state) {
        return new ReduceOnPlateau(factor, patience, threshold, cooldown, minimum, state);
    }

    /** {@code reduce-on-plateau}. */
    public static final class Provider implements ScheduleProvider {

        @Override
        public String name() {
            return "reduce-on-plateau";
        }

        @Override
        public Schedule read(Keys keys, double baseRate, int epochs) {
            return new ReduceOnPlateau(
                    ScheduleRanges.factor(keys, 0.1),
                    keys.whole("patience", 10, 0),
                    keys.number("threshold", 1e-4, THRESHOLD),
                    keys.whole("cooldown", 0, 0),
                    ScheduleRanges.minimum(keys, baseRate),
                    PlateauState.start(baseRate));
        }
    }
}
