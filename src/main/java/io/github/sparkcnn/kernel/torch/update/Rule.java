package io.github.sparkcnn.kernel.torch.update;

import io.github.sparkcnn.kernel.update.UpdateRule;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** An optimizer's step over a stretch of the flat tensors. */
interface Rule {

    /** The rule of one of Deeplearning4j's optimizers; empty where there is none here. */
    static Optional<Rule> of(IUpdater optimizer, UpdateRule reading) {
        // Exactly these: what derives from one of them may make other steps.
        if (optimizer.getClass() == Adam.class) {
            return Optional.of(new AdamRule((Adam) optimizer, reading));
        }
        if (optimizer.getClass() == Nesterovs.class) {
            return Optional.of(new MomentumRule((Nesterovs) optimizer, reading));
        }
        return optimizer.getClass() == Sgd.class ? Optional.of(new DescentRule((Sgd) optimizer)) : Optional.empty();
    }

    /** How many numbers it keeps for each parameter. */
    int moments();

    /**
     * Makes the step, in place.
     *
     * @param moments as many tensors as the rule has
     */
    void apply(Tensor parameters, Tensor gradient, List<Tensor> moments, int iteration, int epoch);
}
