package io.github.sparkcnn.network.schedule;

/** The rate times {@code factor} every epoch: base · factor^epoch (torch.optim.lr_scheduler.ExponentialLR). */
record Exponential(double base, double factor, long iterationsPerEpoch) implements LearningRateSchedule {

    @Override
    public double rate(long iteration) {
        long epoch = iteration / iterationsPerEpoch;
        return base * Math.pow(factor, (double) epoch);
    }
}
