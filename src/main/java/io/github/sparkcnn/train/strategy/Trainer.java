package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.eval.PartialEvaluation;
import io.github.sparkcnn.network.schedule.StepRates;
import io.github.sparkcnn.track.TrainedEpoch;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A strategy: passes over the training images once and leaves the result in the driver's network. */
public interface Trainer extends AutoCloseable {

    /**
     * Lets the workers begin an epoch, which {@link #train} then waits for. The driver's network stays what it is until then.
     *
     * @return whether they have begun: an epoch of a strategy that trains with the driver's network begins when it is waited for
     */
    default boolean begin(int epoch, StepRates rates) {
        return false;
    }

    /**
     * Trains one epoch, if it was not begun, and waits for its end; every image is seen once.
     *
     * @param epoch counted from 0
     * @param rates of the epoch's steps
     * @param progress told the images seen so far in this epoch, where the strategy knows
     */
    TrainedEpoch train(int epoch, StepRates rates, LongConsumer progress);

    /** Has the workers predict the test images that were dealt to them; empty where none were, and the driver has to. */
    default Optional<PartialEvaluation> evaluate() {
        return Optional.empty();
    }

    /** Somebody else has put another state into the driver's network. */
    default void refresh() {}

    /** Frees replicas and cached partitions. */
    @Override
    void close();
}
