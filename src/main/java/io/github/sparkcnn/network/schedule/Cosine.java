package io.github.sparkcnn.network.schedule;

import io.github.sparkcnn.keys.Keys;

/**
 * From the base rate down to {@code minimum} along half a cosine over all iterations: minimum + (base − minimum) ·
 * (1 + cos(π · iteration / iterations)) / 2 (torch.optim.lr_scheduler.CosineAnnealingLR stepped every minibatch with T_max =
 * iterations; Loshchilov and Hutter, "SGDR", 2017, equation 5).
 */
record Cosine(double base, double minimum, int epochs) implements Schedule {

    Cosine {
        ScheduleRanges.RATE.require("base", base);
        ScheduleRanges.belowTheRate(base).require("minimum", minimum);
        ScheduleRanges.EPOCHS.require("epochs", epochs);
    }

    @Override
    public LearningRateSchedule over(long iterationsPerEpoch) {
        return new Rates(base, minimum, iterationsPerEpoch * epochs);
    }

    @Override
    public boolean stretchesOverTheRun() {
        return true;
    }

    private record Rates(double base, double minimum, long iterations) implements LearningRateSchedule {

        @Override
        public double rate(long iteration) {
            double done = Math.min(1, (double) iteration / iterations);
            return minimum + (base - minimum) * (1 + Math.cos(Math.PI * done)) / 2;
        }
    }

    /** {@code cosine}. */
    public static final class Provider implements ScheduleProvider {

        @Override
        public String name() {
            return "cosine";
        }

        @Override
        public Schedule read(Keys keys, double baseRate, int epochs) {
            return new Cosine(baseRate, ScheduleRanges.minimum(keys, baseRate), epochs);
        }
    }
}
