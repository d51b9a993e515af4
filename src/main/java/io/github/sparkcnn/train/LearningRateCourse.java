package io.github.sparkcnn.train;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.network.schedule.LearningRateSchedule;
import io.github.sparkcnn.network.schedule.LearningRateSchedules;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.strategy.StepRates;

/** The learning rate over a run, step by step; every epoch's validation loss may change what follows. */
final class LearningRateCourse {

    /** More steps than a schedule can find too few. */
    private static final long MANY_ITERATIONS = 1_000_000;

    private final double base;
    private final long iterationsPerEpoch;
    private LearningRateSchedule schedule;

    LearningRateCourse(TrainingConfig training, long iterationsPerEpoch) {
        this.base = training.optimizer().learningRate();
        this.iterationsPerEpoch = iterationsPerEpoch;
        this.schedule = LearningRateSchedules.of(
                training.schedule().name(), training.schedule().keys(), base, iterationsPerEpoch, training.epochs());
    }

    /**
     * Checks the schedule before any data is read.
     *
     * @throws io.github.sparkcnn.UserException for an unknown schedule, a missing, unknown or wrong key
     */
    static void requireKnown(TrainingConfig training) {
        new LearningRateCourse(training, MANY_ITERATIONS);
    }

    /** Refuses a schedule that would wait for a validation loss which nobody measures. */
    static void requireMeasured(Configuration configuration) {
        TrainingConfig training = configuration.training();
        boolean waits = new LearningRateCourse(training, MANY_ITERATIONS).schedule.followsTheLoss();
        if (waits && !configuration.data().hasValidation()) {
            throw new UserException(
                    "use schedule " + training.schedule().name(),
                    "there is no test set to measure the validation loss on",
                    "Set data.test or data.validation-fraction, or another training.schedule.name");
        }
    }

    /** Whether a run of more epochs would have had other rates from the beginning. */
    static boolean dependsOnEpochs(TrainingConfig training) {
        return new LearningRateCourse(training, MANY_ITERATIONS).schedule.stretchesOverTheRun();
    }

    /** The rates of an epoch's steps; epochs count from 0. */
    StepRates of(int epoch) {
        return new StepRates(schedule, epoch * iterationsPerEpoch, base);
    }

    /** The rate of an epoch's last step. */
    double atEndOf(int epoch) {
        return schedule.rate((epoch + 1) * iterationsPerEpoch - 1);
    }

    void epochEnded(EpochMetrics ended) {
        if (ended.validationLoss() != null) {
            schedule = schedule.afterEpoch(ended.validationLoss());
        }
    }
}
