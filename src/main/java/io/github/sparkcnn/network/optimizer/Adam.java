package io.github.sparkcnn.network.optimizer;

import io.github.sparkcnn.keys.Keys;
import org.nd4j.linalg.learning.config.IUpdater;

/** Adam with PyTorch's betas and epsilon (Kingma and Ba, "Adam", 2015). */
public record Adam(double learningRate, double weightDecay) implements Optimizer {

    public Adam {
        LEARNING_RATE.require("learningRate", learningRate);
        WEIGHT_DECAY.require("weightDecay", weightDecay);
    }

    @Override
    public IUpdater updater(double rate) {
        return new org.nd4j.linalg.learning.config.Adam(rate);
    }

    /** {@code adam}. */
    public static final class Provider implements OptimizerProvider {

        @Override
        public String name() {
            return "adam";
        }

        @Override
        public Optimizer read(Keys keys) {
            double learningRate = Optimizer.learningRate(keys);
            double momentum = keys.number("momentum", Sgd.MOMENTUM);
            keys.require(
                    momentum == 0,
                    "momentum",
                    momentum + " with optimizer adam",
                    "0, or " + keys.place().key("name") + " to sgd");
            return new Adam(learningRate, Optimizer.weightDecay(keys));
        }
    }
}
