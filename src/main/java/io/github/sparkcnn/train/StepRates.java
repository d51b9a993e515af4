package io.github.sparkcnn.train;

import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.schedule.LearningRateSchedule;
import java.io.Serializable;

/**
 * The learning rate of each step of one epoch.
 *
 * @param firstIteration of the epoch
 * @param baseRate that the network's own rates stand for
 */
record StepRates(LearningRateSchedule schedule, long firstIteration, double baseRate) implements Serializable {

    /** Sets the rates for step {@code i} of the epoch. */
    void set(Replica replica, int i) {
        replica.scaleLearningRates(schedule.rate(firstIteration + i) / baseRate);
    }
}
