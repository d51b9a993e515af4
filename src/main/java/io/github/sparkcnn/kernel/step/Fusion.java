package io.github.sparkcnn.kernel.step;

import io.github.sparkcnn.kernel.step.Step.Addition;
import io.github.sparkcnn.kernel.step.Step.Convolution;
import io.github.sparkcnn.kernel.step.Step.Dense;
import io.github.sparkcnn.kernel.step.Step.Dropout;
import io.github.sparkcnn.kernel.step.Step.Normalization;
import io.github.sparkcnn.kernel.step.Step.Relu;
import java.util.List;
import java.util.Set;

/**
 * Which neighbours an engine may compute in one pass over the data. Steps are named by their index.
 *
 * @param shortcuts that are wanted
 * @param training whether gradients are wanted and dropout is active
 */
public record Fusion(List<Step> steps, Set<Shortcut> shortcuts, boolean training) {

    /** How often a value is read. */
    public int readers(int value) {
        return StepOrder.readers(steps, value);
    }

    /** Whether a ReLU follows that the step does in its own pass, and no dropout's mask behind that does it better. */
    public boolean takesRelu(int index) {
        return takesReluBeforeMask(index) && !maskTakesRelu(index + 1);
    }

    /** Whether a ReLU follows that the step, a convolution, does in its own pass, whatever comes behind. */
    public boolean takesReluBeforeMask(int index) {
        return shortcuts.contains(Shortcut.FUSED_RELU) && follows(index, Relu.class);
    }

    /** Whether a dropout follows that is active and does the ReLU at the index in the pass of its mask. */
    public boolean maskTakesRelu(int index) {
        return training && shortcuts.contains(Shortcut.FUSED_DROPOUT) && follows(index, Dropout.class);
    }

    /** Whether the dropout's factor rides on the weights of the step behind it. */
    public boolean weightsTakeFactor(int index) {
        return shortcuts.contains(Shortcut.FUSED_DROPOUT)
                && (follows(index, Convolution.class) || follows(index, Dense.class));
    }

    /** Whether a normalisation follows that the weights of the convolution carry: by running statistics only. */
    public boolean takesNormalization(int index) {
        return !training && follows(index, Normalization.class);
    }

    /** Whether a sum follows that the convolution adds in its own pass: where no gradient is wanted. */
    public boolean takesAddition(int index) {
        return !training && follows(index, Addition.class);
    }

    /** Whether the next step is of this kind and the only reader of this one's value. */
    private boolean follows(int index, Class<? extends Step> kind) {
        return index + 1 < steps.size()
                && kind.isInstance(steps.get(index + 1))
                && steps.get(index + 1).from().contains(steps.get(index).to())
                && readers(steps.get(index).to()) == 1;
    }
}
