package io.github.sparkcnn.kernel.step;

import java.util.List;

/**
 * A network as elementary steps in order, for an engine to run on its flat parameters. The images are value 0; what the last step
 * makes, the head turns into probabilities and a loss.
 */
public record StepProgram(List<Step> steps, Head head) {

    public StepProgram {
        steps = List.copyOf(steps);
    }

    /** The same function with every activation that never falls behind the max-pooling that follows it. */
    public StepProgram activationAfterPooling() {
        return new StepProgram(StepOrder.activationAfterPooling(steps), head);
    }
}
