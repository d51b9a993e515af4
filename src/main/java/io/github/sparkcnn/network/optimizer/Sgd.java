package io.github.sparkcnn.network.optimizer;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * Stochastic gradient descent (torch.optim.SGD).
 *
 * @param momentum classic, not Nesterov's; 0 for none
 */
public record Sgd(double learningRate, double momentum, double weightDecay) implements Optimizer {

    static final Range MOMENTUM = Range.atLeast(0).below(1).saying("a number in [0, 1)");

    public Sgd {
        LEARNING_RATE.require("learningRate", learningRate);
        MOMENTUM.require("momentum", momentum);
        WEIGHT_DECAY.require("weightDecay", weightDecay);
    }

    /** Nesterovs keeps the velocity of classic momentum too; the kernels make the classic step of it. */
    @Override
    public IUpdater updater(double rate) {
        return momentum > 0 ? new Nesterovs(rate, momentum) : new org.nd4j.linalg.learning.config.Sgd(rate);
    }

    /** {@code sgd}. */
    public static final class Provider implements OptimizerProvider {

        @Override
        public String name() {
            return "sgd";
        }

        @Override
        public Optimizer read(Keys keys) {
            return new Sgd(
                    Optimizer.learningRate(keys), keys.number("momentum", MOMENTUM), Optimizer.weightDecay(keys));
        }
    }
}
