package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.pack.Shares;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A run's images, dealt to its workers.
 *
 * @param training one share for each worker
 * @param test one share for each worker, where the workers evaluate and there are test images
 * @param plan how each worker makes minibatches of its share
 * @param lossSpacing images of all workers between two points of the loss within an epoch; 0 for none
 * @param again deals them to another number of workers; these are gone then
 */
public record DealtImages(
        Shares training,
        Optional<TestShares> test,
        MinibatchPlan plan,
        long lossSpacing,
        IntFunction<DealtImages> again) {

    int workers() {
        return training.workers();
    }
}
