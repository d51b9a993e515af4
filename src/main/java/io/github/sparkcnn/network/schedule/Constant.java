package io.github.sparkcnn.network.schedule;

import io.github.sparkcnn.keys.Keys;

/** The same rate always. */
record Constant(double rate) implements Schedule, LearningRateSchedule {

    Constant {
        ScheduleRanges.RATE.require("rate", rate);
    }

    @Override
    public LearningRateSchedule over(long iterationsPerEpoch) {
        return this;
    }

    @Override
    public boolean isConstant() {
        return true;
    }

    @Override
    public double rate(long iteration) {
        return rate;
    }

    /** {@code constant}. */
    public static final class Provider implements ScheduleProvider {

        @Override
        public String name() {
            return "constant";
        }

        @Override
        public Schedule read(Keys keys, double baseRate, int epochs) {
            return new Constant(baseRate);
        }
    }
}
