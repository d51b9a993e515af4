package io.github.sparkcnn.kernel.step;

import io.github.sparkcnn.kernel.step.Step.Activation;
import io.github.sparkcnn.kernel.step.Step.Addition;
import io.github.sparkcnn.kernel.step.Step.Convolution;
import io.github.sparkcnn.kernel.step.Step.Dense;
import io.github.sparkcnn.kernel.step.Step.Dropout;
import io.github.sparkcnn.kernel.step.Step.Normalization;
import java.util.List;
import java.util.Optional;
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

    /** The activation behind that the step does in its own pass, unless a dropout's mask behind that does it better. */
    public Optional<ActivationFunction> takesActivation(int index) {
        return maskTakesRelu(index + 1) ? Optional.empty() : takesActivationBeforeMask(index);
    }

    /** The activation behind that the step does in its own pass, whatever comes behind. */
    public Optional<ActivationFunction> takesActivationBeforeMask(int index) {
        return shortcuts.contains(Shortcut.FUSED_RELU) && follows(index, Activation.class)
                ? Optional.of(((Activation) steps.get(index + 1)).function())
                        .filter(function -> !training || function.hasDerivativeOfValue())
                : Optional.empty();
    }

    /** Whether the step is a ReLU and a dropout follows that is active and does it in the pass of its mask. */
    public boolean maskTakesRelu(int index) {
        return training
                && shortcuts.contains(Shortcut.FUSED_DROPOUT)
                && index < steps.size()
                && steps.get(index) instanceof Activation activation
                && activation.function().isRelu()
                && follows(index, Dropout.class);
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
