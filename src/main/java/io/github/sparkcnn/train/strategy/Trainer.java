package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.eval.PartialEvaluation;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.network.schedule.StepRates;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.track.TrainedEpoch;
import java.util.Optional;

/** A strategy: passes over the training images once and leaves the result in the driver's network. */
public interface Trainer extends AutoCloseable {

    /**
     * An epoch to train.
     *
     * @param number counted from 0
     * @param rates of the epoch's steps
     * @param before what of it was trained before, to which the driver's network has come
     */
    record Epoch(int number, StepRates rates, PartOfEpoch before) {}

    /** Hears of an epoch that is trained. */
    interface Watch {

        /** What the user must be told of the epoch. */
        void noticed(String text);

        /** How far the epoch is. */
        void progressed(EpochProgress progress);

        /** A part is trained, which the configuration wants to be kept, with its state; on the thread that waits for the epoch. */
        void partTrained(PartOfEpoch part, NetworkState state);
    }

    /**
     * Lets the workers begin an epoch, which {@link #train} then waits for. The driver's network stays what it is until then.
     *
     * @return whether they have begun: an epoch of a strategy that trains with the driver's network begins when it is waited for
     */
    default boolean begin(Epoch epoch) {
        return false;
    }

    /** Trains one epoch, if it was not begun, and waits for its end; every image is seen once. */
    TrainedEpoch train(Epoch epoch, Watch watch);

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
