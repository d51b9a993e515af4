package io.github.sparkcnn.tune;

import io.github.sparkcnn.UserException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How successive halving goes on with some of the trials.
 *
 * @param eta the reduction factor: the best of every so many are trained so many times as long
 * @param minEpochs of training before any is left
 */
public record Halving(int eta, int minEpochs) {

    public Halving {
        if (eta < 2) {
            throw new UserException("tune", "--halving is " + eta, "Set it to 2 or more, e.g. 3");
        }
        if (minEpochs < 1) {
            throw new UserException("tune", "--min-epochs is " + minEpochs, "Set it to 1 or more");
        }
    }

    /**
     * The epochs after which it is decided who goes on, ascending; the last are all of a run's.
     *
     * @throws UserException where there would be nothing to decide
     */
    List<Integer> rungs(int epochs) {
        List<Integer> rungs = new ArrayList<>(List.of(epochs));
        for (int rung = epochs / eta; rung >= minEpochs; rung /= eta) {
            rungs.add(rung);
        }
        if (rungs.size() == 1) {
            throw new UserException(
                    "tune with --halving " + eta,
                    "training.epochs is " + epochs + ", of which one in " + eta + " is less than the " + minEpochs
                            + " of --min-epochs",
                    "Set training.epochs to " + (long) eta * minEpochs + " or more, or leave --halving out");
        }
        Collections.reverse(rungs);
        return List.copyOf(rungs);
    }
}
