package io.github.sparkcnn.network.schedule;

import io.github.sparkcnn.keys.Keys;

/** The rate times {@code factor} every {@code epochs} epochs: base · factor^⌊epoch / epochs⌋ (torch.optim.lr_scheduler.StepLR). */
record StepDecay(double base, double factor, int epochs) implements Schedule {

    StepDecay {
        ScheduleRanges.RATE.require("base", base);
        ScheduleRanges.FACTOR.require("factor", factor);
        ScheduleRanges.EPOCHS.require("epochs", epochs);
    }

    @Override
    public LearningRateSchedule over(long iterationsPerEpoch) {
        return new Rates(this, iterationsPerEpoch);
    }

    private record Rates(StepDecay decay, long iterationsPerEpoch) implements LearningRateSchedule {

        @Override
        public double rate(long iteration) {
            long steps = iteration / iterationsPerEpoch / decay.epochs;
            return decay.base * Math.pow(decay.factor, (double) steps);
        }
    }

    /** {@code step}. */
    public static final class Provider implements ScheduleProvider {

        @Override
        public String name() {
            return "step";
        }

        @Override
        public Schedule read(Keys keys, double baseRate, int epochs) {
            return new StepDecay(baseRate, ScheduleRanges.factor(keys, 0.1), keys.whole("epochs", 1));
        }
    }
}
