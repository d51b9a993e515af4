package io.github.sparkcnn.network.schedule;

import io.github.sparkcnn.keys.Range;

/**
 * Scales the first {@code epochs} (maybe a fraction) of another schedule, which runs on below: by start + (1 − start) · iteration
 * / iterations (torch.optim.lr_scheduler.LinearLR chained with the other; Goyal et al., "Accurate, Large Minibatch SGD", 2017).
 *
 * @param start the fraction of the rate that it begins with
 */
record WarmUp(Schedule schedule, double start, double epochs) implements Schedule {

    static final Range START = Range.above(0).upTo(1).saying("above 0, at most 1");

    private static final Range EPOCHS = Range.above(0).finite();

    WarmUp {
        START.require("start", start);
        EPOCHS.require("epochs", epochs);
    }

    @Override
    public LearningRateSchedule over(long iterationsPerEpoch) {
        LearningRateSchedule rates = schedule.over(iterationsPerEpoch);
        long iterations = Math.round(epochs * iterationsPerEpoch);
        return iterations == 0 ? rates : new Rates(rates, start, iterations);
    }

    @Override
    public boolean stretchesOverTheRun() {
        return schedule.stretchesOverTheRun();
    }

    @Override
    public boolean followsTheLoss() {
        return schedule.followsTheLoss();
    }

    private record Rates(LearningRateSchedule rates, double start, long iterations) implements LearningRateSchedule {

        @Override
        public double rate(long iteration) {
            double rate = rates.rate(iteration);
            return iteration < iterations ? rate * (start + (1 - start) * iteration / iterations) : rate;
        }

        @Override
        public LearningRateSchedule afterEpoch(double validationLoss) {
            return new Rates(rates.afterEpoch(validationLoss), start, iterations);
        }
    }
}
