package io.github.sparkcnn.network.optimizer;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Named;

/**
 * Makes the optimizer that {@code training.optimizer.name} names. To add one, write one and name it in {@code META-INF/services}.
 * Whoever finds it refuses the keys that it has not read and that are not at their default.
 */
public interface OptimizerProvider extends Named {

    /**
     * Reads the optimizer's keys.
     *
     * @param keys the group, {@code name} and all; {@code learning-rate}, {@code momentum} and {@code weight-decay} always have a
     *     value
     * @throws io.github.sparkcnn.UserException for a missing or wrong key
     */
    Optimizer read(Keys keys);
}
