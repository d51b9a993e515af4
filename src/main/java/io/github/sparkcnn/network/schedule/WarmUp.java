package io.github.sparkcnn.network.schedule;

/**
 * Scales the first {@code iterations} steps of another schedule, which runs on below: by start + (1 − start) · iteration /
 * iterations (torch.optim.lr_scheduler.LinearLR chained with the other; Goyal et al., "Accurate, Large Minibatch SGD", 2017).
 */
record WarmUp(LearningRateSchedule schedule, double start, long iterations) implements LearningRateSchedule {

    @Override
    public double rate(long iteration) {
        double rate = schedule.rate(iteration);
        return iteration < iterations ? rate * (start + (1 - start) * iteration / iterations) : rate;
    }

    @Override
    public LearningRateSchedule afterEpoch(double validationLoss) {
        return new WarmUp(schedule.afterEpoch(validationLoss), start, iterations);
    }

    @Override
    public boolean stretchesOverTheRun() {
        return schedule.stretchesOverTheRun();
    }

    @Override
    public boolean followsTheLoss() {
        return schedule.followsTheLoss();
    }
}
