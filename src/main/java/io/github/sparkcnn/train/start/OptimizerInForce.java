package io.github.sparkcnn.train.start;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.definition.OwnNetwork;
import io.github.sparkcnn.network.schedule.Schedule;
import java.util.Optional;

/**
 * Whose optimizer trains a network, and how its steps and rates are read.
 *
 * @param rule by which it makes a step
 * @param baseRate that the schedule scales
 * @param schedule of the run
 * @param ownRate the rate where the optimizer brings a schedule of its own
 * @param own the network's own optimizers, where they hold and not {@code training.optimizer}
 * @param notice for a line of output, where it could be another's
 */
public record OptimizerInForce(
        UpdateRule rule,
        double baseRate,
        Schedule schedule,
        Optional<OwnRate> ownRate,
        Optional<String> own,
        Optional<String> notice) {

    /** A rate as an optimizer's own schedule has it. */
    public interface OwnRate {
        /** The rate of a step. */
        double at(int iteration, int epoch);
    }

    /** That of {@code training.optimizer}. */
    public static OptimizerInForce configured(TrainingConfig training) {
        return new OptimizerInForce(
                UpdateRule.PYTORCH,
                training.optimizer().learningRate(),
                training.schedule().schedule(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * That of the user's network, unless the user has given another.
     *
     * @throws UserException where a rate would follow two schedules
     */
    static OptimizerInForce of(String action, OwnNetwork network, Configuration configuration) {
        TrainingConfig training = configuration.training();
        if (training.isOptimizerGiven()) {
            String chosen = "Optimizer: training.optimizer, "
                    + configuration.flat().get("training.optimizer.name") + ", learning rate "
                    + training.optimizer().learningRate();
            String instead = "; not the definition's " + network.optimizer() + ", nor its L1, L2 and weight decay";
            OptimizerInForce like = configured(training);
            return new OptimizerInForce(
                    like.rule, like.baseRate, like.schedule, like.ownRate, like.own, Optional.of(chosen + instead));
        }
        Schedule schedule = training.schedule().ofRate().apply(network.rate(0, 0));
        if (!network.schedules().isEmpty() && !schedule.isConstant()) {
            var first = network.schedules().entrySet().iterator().next();
            throw new UserException(
                    action,
                    "the learning rate of layer " + first.getKey() + " follows a " + first.getValue()
                            + " of its own, and training.schedule is "
                            + training.schedule().name(),
                    "Set training.schedule to { name = constant }, or training.optimizer, which then holds");
        }
        Optional<OwnRate> ownRate = network.schedules().isEmpty() ? Optional.empty() : Optional.of(network::rate);
        String own = "of the definition, " + network.optimizer();
        return new OptimizerInForce(
                UpdateRule.DL4J,
                network.rate(0, 0),
                schedule,
                ownRate,
                Optional.of(own),
                Optional.of("Optimizer: " + own));
    }

    /** The configuration for whoever tells of the run: the optimizer that holds is in the place of one that does not. */
    public Configuration inForce(Configuration configuration) {
        return own.map(configuration::withOptimizer).orElse(configuration);
    }
}
