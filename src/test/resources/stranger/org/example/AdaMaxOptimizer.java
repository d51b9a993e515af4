package org.example;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import io.github.sparkcnn.network.optimizer.Optimizer;
import io.github.sparkcnn.network.optimizer.OptimizerProvider;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.IUpdater;

/** {name = ada-max, beta = 0.9}. */
public final class AdaMaxOptimizer implements OptimizerProvider {

    @Override
    public String name() {
        return "ada-max";
    }

    @Override
    public Optimizer read(Keys keys) {
        double beta = keys.number("beta", 0.9, Range.between(0, 1));
        return new Rule(Optimizer.learningRate(keys), Optimizer.weightDecay(keys), beta);
    }

    private record Rule(double learningRate, double weightDecay, double beta) implements Optimizer {

        @Override
        public IUpdater updater(double rate) {
            return new AdaMax(rate, beta, 0.999, AdaMax.DEFAULT_ADAMAX_EPSILON);
        }
    }
}
