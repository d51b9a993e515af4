package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.track.TrainedEpoch;
import java.util.function.LongConsumer;

/** A strategy: passes over the training images once and leaves the result in the driver's network. */
public interface Trainer extends AutoCloseable {

    /**
     * Trains one epoch; every image is seen once.
     *
     * @param epoch counted from 0
     * @param rates of the epoch's steps
     * @param progress told the images seen so far in this epoch, where the strategy knows
     */
    TrainedEpoch train(int epoch, StepRates rates, LongConsumer progress);

    /** Frees replicas and cached partitions. */
    @Override
    void close();
}
