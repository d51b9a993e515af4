package io.github.sparkcnn.network;

import java.util.IdentityHashMap;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Sets the learning rates of a network's optimizers for the next step. The schedule stays outside the network, so that a
 * saved model needs none of our classes; layers with a rate of their own keep their proportion.
 */
public final class LearningRates {

    private final IdentityHashMap<IUpdater, Double> base = new IdentityHashMap<>();

    /** Takes the rates that the network has now as those of a factor of 1. */
    public LearningRates(Model network) {
        BaseMultiLayerUpdater<?> updater = network instanceof ComputationGraph graph
                ? graph.getUpdater()
                : (BaseMultiLayerUpdater<?>) ((MultiLayerNetwork) network).getUpdater();
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            IUpdater optimizer = block.getGradientUpdater().getConfig();
            if (optimizer.hasLearningRate()) {
                base.putIfAbsent(optimizer, optimizer.getLearningRate(0, 0));
            }
        }
    }

    /** Multiplies every rate by the factor, until the next call. */
    public void scale(double factor) {
        base.forEach((optimizer, rate) -> optimizer.setLrAndSchedule(rate * factor, null));
    }
}
