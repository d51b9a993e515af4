package io.github.sparkcnn.network.schedule;

import io.github.sparkcnn.keys.Keys;

/** The rate times {@code factor} every epoch: base · factor^epoch (torch.optim.lr_scheduler.ExponentialLR). */
record Exponential(double base, double factor) implements Schedule {

    Exponential {
        ScheduleRanges.RATE.require("base", base);
        ScheduleRanges.FACTOR.require("factor", factor);
    }

    @Override
    public LearningRateSchedule over(long iterationsPerEpoch) {
        return new Rates(this, iterationsPerEpoch);
    }

    private record Rates(Exponential decay, long iterationsPerEpoch) implements LearningRateSchedule {

        @Override
        public double rate(long iteration) {
            long epoch = iteration / iterationsPerEpoch;
            return decay.base * Math.pow(decay.factor, (double) epoch);
        }
    }

    /** {@code exponential}. */
    public static final class Provider implements ScheduleProvider {

        @Override
        public String name() {
            return "exponential";
        }

        @Override
        public Schedule read(Keys keys, double baseRate, int epochs) {
            return new Exponential(baseRate, ScheduleRanges.factor(keys));
        }
    }
}
