package io.github.sparkcnn.train;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ScheduleConfig;
import io.github.sparkcnn.network.schedule.LearningRateSchedule;
import io.github.sparkcnn.network.schedule.StepRates;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.start.OptimizerInForce;

/** The learning rate over a run, step by step; every epoch's validation loss may change what follows. */
final class LearningRateCourse {

    private final OptimizerInForce optimizer;
    private final long iterationsPerEpoch;
    private LearningRateSchedule schedule;

    LearningRateCourse(OptimizerInForce optimizer, long iterationsPerEpoch) {
        this.optimizer = optimizer;
        this.iterationsPerEpoch = iterationsPerEpoch;
        this.schedule = optimizer.schedule().over(iterationsPerEpoch);
    }

    /** Refuses a schedule that would wait for a validation loss which nobody measures. */
    static void requireMeasured(Configuration configuration) {
        ScheduleConfig chosen = configuration.training().schedule();
        if (chosen.schedule().followsTheLoss() && !configuration.data().hasValidation()) {
            throw new UserException(
                    "use schedule " + chosen.name(),
                    "there is no test set to measure the validation loss on",
                    "Set data.test or data.validation-fraction, or another training.schedule.name");
        }
    }

    /** The rates of an epoch's steps; epochs count from 0. */
    StepRates of(int epoch) {
        return new StepRates(schedule, epoch * iterationsPerEpoch, iterationsPerEpoch, optimizer.baseRate());
    }

    /** The rate of an epoch's last step. */
    double atEndOf(int epoch) {
        return rate(epoch, iterationsPerEpoch - 1);
    }

    /** The rate of a step of an epoch, of so many; they may be more or fewer than the schedule counts for it. */
    double at(int epoch, int step, int steps) {
        return rate(epoch, step * iterationsPerEpoch / steps);
    }

    private double rate(int epoch, long iterationOfEpoch) {
        long iteration = epoch * iterationsPerEpoch + iterationOfEpoch;
        return optimizer
                .ownRate()
                .map(rate -> rate.at((int) iteration, epoch))
                .orElseGet(() -> schedule.rate(iteration));
    }

    void epochEnded(EpochMetrics ended) {
        if (ended.validationLoss() != null) {
            schedule = schedule.afterEpoch(ended.validationLoss());
        }
    }
}
