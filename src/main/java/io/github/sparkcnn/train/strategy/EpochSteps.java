package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.random.Seeds;
import io.github.sparkcnn.train.feed.Feed;
import java.util.function.IntToDoubleFunction;

/**
 * The optimizer steps of one worker in one epoch, whatever the strategy: the rate of each and the seed of its dropout masks.
 *
 * @param rates what the network's own rates are multiplied by in each step
 * @param seed of the run
 * @param epoch counted from 0
 * @param rank of the worker
 */
record EpochSteps(Replica replica, IntToDoubleFunction rates, long seed, int epoch, int rank) {

    /**
     * Step {@code i} of the epoch.
     *
     * @return the sum of the images' losses, before the update
     */
    double step(Minibatch batch, int i) {
        return step((own, masks) -> own.step(batch, masks), batch.size(), i);
    }

    /** The same of a minibatch of so many images that is on its way. */
    double step(Feed.Ready batch, int size, int i) {
        replica.scaleLearningRates(rates.applyAsDouble(i));
        return batch.step(replica, Seeds.of(seed, epoch, rank, i)) * size;
    }
}
