package io.github.sparkcnn.network.optimizer;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import io.github.sparkcnn.keys.Registry;
import java.io.Serializable;
import org.nd4j.linalg.learning.config.IUpdater;

/** The rule that makes a step from a gradient, with its parameters, valid. Immutable. */
public interface Optimizer extends Serializable {

    /** What a learning rate may be. */
    Range LEARNING_RATE = Range.above(0).below(1e6);

    /** What a weight decay may be. */
    Range WEIGHT_DECAY = Range.atLeast(0).finite();

    /** The base learning rate, which a schedule scales. */
    double learningRate();

    /** As in PyTorch: the factor of an L2 term in the gradient of the weights, not of the biases. */
    double weightDecay();

    /** The rule as ND4J has it, without weight decay. */
    IUpdater updater(double learningRate);

    /** The rule at the base learning rate. */
    default IUpdater updater() {
        return updater(learningRate());
    }

    /**
     * Reads an optimizer of any name.
     *
     * @param keys the group {@code training.optimizer}
     * @throws io.github.sparkcnn.UserException for an unknown name, a missing, unknown or wrong key
     */
    static Optimizer of(Keys keys) {
        Registry<OptimizerProvider> known = Registry.of(OptimizerProvider.class, "optimizer");
        String name = keys.choice("name", known.names());
        Optimizer optimizer = known.named(name, keys.place().key("name")).read(keys);
        keys.refuseUnknown();
        return optimizer;
    }

    /** Reads {@code learning-rate}, for every provider. */
    static double learningRate(Keys keys) {
        return keys.number("learning-rate", LEARNING_RATE);
    }

    /** Reads {@code weight-decay}, for every provider. */
    static double weightDecay(Keys keys) {
        return keys.number("weight-decay", WEIGHT_DECAY);
    }
}
