package io.github.sparkcnn.network.schedule;

import java.io.Serializable;

/**
 * The learning rate of each step of one epoch.
 *
 * @param firstIteration of the epoch
 * @param baseRate that the network's own rates stand for
 */
public record StepRates(LearningRateSchedule schedule, long firstIteration, double baseRate) implements Serializable {

    /** What the network's own rates are multiplied by in step {@code i} of the epoch. */
    public double factor(int i) {
        return schedule.rate(firstIteration + i) / baseRate;
    }
}
