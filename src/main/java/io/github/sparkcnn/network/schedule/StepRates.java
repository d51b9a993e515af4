package io.github.sparkcnn.network.schedule;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * The learning rate of each step of one epoch.
 *
 * @param firstIteration of the epoch
 * @param iterations of the epoch, as the schedule counts them
 * @param baseRate that the network's own rates stand for
 */
public record StepRates(LearningRateSchedule schedule, long firstIteration, long iterations, double baseRate)
        implements Serializable {

    /** What the network's own rates are multiplied by in step {@code i} of the epoch. */
    public double factor(int i) {
        return schedule.rate(firstIteration + i) / baseRate;
    }

    /**
     * What the network's own rates are multiplied by in each of so many steps, be they more or fewer than the schedule counts for
     * the epoch: they follow the same course.
     */
    public double[] factors(int steps) {
        return IntStream.range(0, steps)
                .mapToDouble(i -> factor((int) (i * iterations / steps)))
                .toArray();
    }
}
