package io.github.sparkcnn.kernel.update;

import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.RateSchedules;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Sets the learning rates of a network's optimizers for the next step. The schedule stays outside the network, so that a
 * saved model needs none of our classes; layers with a rate of their own keep their proportion.
 */
public final class LearningRates {

    private final IdentityHashMap<IUpdater, Double> base = new IdentityHashMap<>();

    private final List<IUpdater> scheduled = new ArrayList<>();

    /** Takes the rates that the network has now as those of a factor of 1. */
    public LearningRates(Network network) {
        for (UpdaterBlock block : network.updater().getUpdaterBlocks()) {
            IUpdater optimizer = block.getGradientUpdater().getConfig();
            if (RateSchedules.has(optimizer)) {
                scheduled.add(optimizer);
            } else if (optimizer.hasLearningRate()) {
                base.putIfAbsent(optimizer, optimizer.getLearningRate(0, 0));
            }
        }
    }

    /** Multiplies every rate by the factor, until the next call. A rate that follows a schedule of its own goes on following it. */
    public void scale(double factor) {
        if (factor != 1 && !scheduled.isEmpty()) {
            throw new IllegalStateException("a rate with a schedule of its own times " + factor);
        }
        base.forEach((optimizer, rate) -> optimizer.setLrAndSchedule(rate * factor, null));
    }
}
