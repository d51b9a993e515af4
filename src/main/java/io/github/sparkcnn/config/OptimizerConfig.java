package io.github.sparkcnn.config;

import java.io.Serializable;

/**
 * The keys {@code training.optimizer.*}.
 *
 * @param momentum of SGD, classic (not Nesterov)
 * @param weightDecay as in PyTorch: an L2 term in the gradient of the weights, not of the biases
 */
public record OptimizerConfig(Name name, double learningRate, double momentum, double weightDecay)
        implements Serializable {

    /** Which rule makes a step from a gradient. */
    public enum Name {
        ADAM,
        SGD
    }

    static OptimizerConfig of(Keys keys) {
        Name name = keys.choice("name", Name.class);
        double learningRate = keys.number("learning-rate");
        double momentum = keys.number("momentum");
        double weightDecay = keys.number("weight-decay");
        keys.require(learningRate > 0 && learningRate < 1e6, "learning-rate", learningRate, "a number above 0");
        keys.require(momentum >= 0 && momentum < 1, "momentum", momentum, "a number in [0, 1)");
        keys.require(
                name == Name.SGD || momentum == 0,
                "momentum",
                momentum + " with optimizer " + Keys.kebab(name),
                "0, or training.optimizer.name to sgd");
        keys.require(weightDecay >= 0, "weight-decay", weightDecay, "0 or more");
        return new OptimizerConfig(name, learningRate, momentum, weightDecay);
    }
}
