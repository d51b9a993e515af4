package io.github.sparkcnn.tune;

import io.github.sparkcnn.UserException;
import java.util.Optional;

/**
 * How is searched.
 *
 * @param trials how many are drawn
 * @param seed of the draw; empty: the experiment's {@code training.seed}
 * @param objective decides which is the best, and which go on
 * @param halving empty: every trial is trained to its end
 * @param parallel trials at the same time
 */
public record SearchPlan(
        int trials, Optional<Long> seed, Objective objective, Optional<Halving> halving, int parallel) {

    /** Each is a configuration that is read, and a line of a table. */
    private static final int MOST_TRIALS = 100_000;

    public SearchPlan {
        if (trials < 1 || trials > MOST_TRIALS) {
            throw new UserException("tune", "--trials is " + trials, "Ask for 1 to " + MOST_TRIALS + " trials");
        }
        if (parallel < 1) {
            throw new UserException("tune", "--parallel is " + parallel, "Set it to 1 or more");
        }
    }
}
