package io.github.sparkcnn.network.schedule;

import java.io.Serializable;

/**
 * The learning rate of every optimizer step. An iteration is one step of one worker: with several workers all make their step
 * number i at the same rate, and an epoch has {@code images / (workers · batch size)} iterations, rounded up. Immutable, and a
 * function of the iteration, so that a resumed run goes on where it stopped; one that follows the validation
 * loss has a state besides, which a resumed run makes anew from the metrics.
 */
public interface LearningRateSchedule extends Serializable {

    /** The rate of step {@code iteration}, counted from 0 over all epochs. */
    double rate(long iteration);

    /** The schedule for the next epoch, once this epoch's validation loss is known. */
    default LearningRateSchedule afterEpoch(double validationLoss) {
        return this;
    }
}
