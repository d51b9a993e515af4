package io.github.sparkcnn.network.schedule;

/** The same rate always. */
record Constant(double rate) implements LearningRateSchedule {

    @Override
    public double rate(long iteration) {
        return rate;
    }
}
