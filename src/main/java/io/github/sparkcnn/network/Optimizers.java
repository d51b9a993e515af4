package io.github.sparkcnn.network;

import io.github.sparkcnn.config.OptimizerConfig;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** The optimizer that the configuration names, with PyTorch's defaults for what it does not. */
final class Optimizers {

    private Optimizers() {}

    static IUpdater updater(OptimizerConfig optimizer) {
        return updater(optimizer, optimizer.learningRate());
    }

    static IUpdater updater(OptimizerConfig optimizer, double learningRate) {
        return switch (optimizer.name()) {
            case ADAM -> new Adam(learningRate);
            case SGD -> sgd(learningRate, optimizer.momentum());
        };
    }

    /** Nesterovs keeps the velocity of classic momentum too; the kernels make the classic step of it. */
    private static IUpdater sgd(double learningRate, double momentum) {
        return momentum > 0 ? new Nesterovs(learningRate, momentum) : new Sgd(learningRate);
    }
}
