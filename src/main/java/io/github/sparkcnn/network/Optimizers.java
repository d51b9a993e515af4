package io.github.sparkcnn.network;

import io.github.sparkcnn.config.OptimizerConfig;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** The optimizer that the configuration names, with PyTorch's defaults for what it does not. */
final class Optimizers {

    private Optimizers() {}

    static IUpdater updater(OptimizerConfig optimizer) {
        return switch (optimizer.name()) {
            case ADAM -> new Adam(optimizer.learningRate());
            case SGD -> new Sgd(optimizer.learningRate());
        };
    }
}
