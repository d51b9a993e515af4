package io.github.sparkcnn.network.schedule;

import java.io.Serializable;
import java.util.Optional;

/**
 * The learning rate of every optimizer step. An iteration is one step of one worker: with several workers all make their step
 * number i at the same rate, and an epoch has {@code images / (workers · batch size)} iterations, rounded up. Immutable, and a
 * function of the iteration, so that a resumed run goes on where it stopped; only {@link ReduceOnPlateau} has a state besides.
 */
public interface LearningRateSchedule extends Serializable {

    /** The rate of step {@code iteration}, counted from 0 over all epochs. */
    double rate(long iteration);

    /** The schedule for the next epoch, once this epoch's validation loss is known. */
    default LearningRateSchedule afterEpoch(double validationLoss) {
        return this;
    }

    /** What a checkpoint has to keep besides the iteration. */
    default Optional<PlateauState> state() {
        return Optional.empty();
    }

    /** This schedule in the state that a checkpoint kept. */
    default LearningRateSchedule resume(PlateauState state) {
        return this;
    }
}
