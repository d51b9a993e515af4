package io.github.sparkcnn.network.schedule;

/** The rate times {@code factor} every {@code epochs} epochs: base · factor^⌊epoch / epochs⌋ (torch.optim.lr_scheduler.StepLR). */
record Step(double base, double factor, int epochs, long iterationsPerEpoch) implements LearningRateSchedule {

    @Override
    public double rate(long iteration) {
        long steps = iteration / iterationsPerEpoch / epochs;
        return base * Math.pow(factor, (double) steps);
    }
}
