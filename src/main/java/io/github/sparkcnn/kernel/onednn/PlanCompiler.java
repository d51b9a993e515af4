package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.onednn.pointwise.Dropout;
import io.github.sparkcnn.kernel.onednn.pointwise.Noise;
import io.github.sparkcnn.kernel.onednn.primitive.Plan;
import io.github.sparkcnn.kernel.onednn.primitive.PlanBuilder;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.weighted.Epilogue;
import io.github.sparkcnn.kernel.onednn.weighted.NormalizationWeights;
import io.github.sparkcnn.kernel.step.ActivationFunction;
import io.github.sparkcnn.kernel.step.Fusion;
import io.github.sparkcnn.kernel.step.Shortcut;
import io.github.sparkcnn.kernel.step.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns steps into a plan for one batch size, fusing neighbours: an activation into the convolution, dense layer or pooling before it,
 * a ReLU into the dropout behind it, a dropout's factor into the weights behind it, and, for prediction, a normalisation and a
 * residual's sum into the convolution before them.
 */
final class PlanCompiler {
    private final List<Step> steps;
    private final Fusion fusion;
    private final PlanBuilder builder;
    private final Values values;
    private final WeightedSteps weighted;
    private final PlainSteps plain;
    /** What the weights that read a value still have to multiply it by. */
    private final Map<Integer, Float> pendingScale = new HashMap<>();

    private PlanCompiler(PlanSource source, PlanBuilder builder) {
        this.steps = source.steps();
        this.fusion = new Fusion(steps, source.shortcuts(), builder.training());
        this.builder = builder;
        values = new Values(builder, fusion);
        weighted = new WeightedSteps(builder, source.slices(), source.shortcuts());
        plain = new PlainSteps(builder, values);
    }

    static Plan compile(PlanSource source, int batch, boolean training) {
        return Plan.prepare(training, source.products(), builder -> {
            ImageShape shape = source.shape();
            boolean withGradient = training && !source.shortcuts().contains(Shortcut.NO_INPUT_GRADIENT);
            Tensor images = builder.input(withGradient, batch, shape.channels(), shape.height(), shape.width());
            return new PlanCompiler(source, builder).build(images);
        });
    }

    private Tensor build(Tensor images) {
        values.publish(0, images);
        int i = 0;
        while (i < steps.size()) {
            i = emit(i);
        }
        return values.take(steps.get(steps.size() - 1).to());
    }

    /** Emits the step and those that fuse with it; returns the first step that is left. */
    private int emit(int index) {
        Step step = steps.get(index);
        if (step instanceof Step.Convolution) {
            return convolution(index);
        }
        if (step instanceof Step.Dropout dropout) {
            return dropout(index, values.take(dropout), false);
        }
        if (step instanceof Step.Noise noise) {
            return noise(index, noise);
        }
        if (step instanceof Step.Activation relu && fusion.maskTakesRelu(index)) {
            return dropout(index + 1, values.take(relu), true);
        }
        if (step instanceof Step.Deconvolution deconvolution) {
            return publish(index, false, weighted.deconvolution(deconvolution, values.take(deconvolution)));
        }
        ActivationFunction activation = takes(step, index).orElse(null);
        return publish(index, activation != null, emit(step, activation));
    }

    /** The activation behind that the step does in its own pass. */
    private Optional<ActivationFunction> takes(Step step, int index) {
        Optional<ActivationFunction> behind = fusion.takesActivation(index);
        if (step instanceof Step.Normalization) {
            return behind.filter(ActivationFunction::isRelu);
        }
        boolean takes = step instanceof Step.Dense || step instanceof Step.MaxPool || step instanceof Step.Addition;
        return takes ? behind : Optional.empty();
    }

    private Tensor emit(Step step, ActivationFunction activation) {
        if (step instanceof Step.Dense dense) {
            return weighted.dense(dense, values.take(dense), scale(dense), activation);
        }
        if (step instanceof Step.Normalization normalization) {
            return weighted.normalization(normalization, values.take(normalization), activation != null);
        }
        return plain.emit(step, activation);
    }

    private int publish(int index, boolean withNext, Tensor tensor) {
        int last = withNext ? index + 1 : index;
        values.publish(steps.get(last).to(), tensor);
        return last + 1;
    }

    private int dropout(int index, Tensor tensor, boolean afterRelu) {
        Step.Dropout step = (Step.Dropout) steps.get(index);
        if (!builder.training()) {
            return publish(index, false, tensor);
        }
        float factor = (float) (1 / step.retain());
        boolean byWeights = fusion.weightsTakeFactor(index);
        if (byWeights) {
            pendingScale.put(step.to(), factor);
        }
        Dropout dropout = builder.add(new Dropout(builder.dnn(), step.retain(), byWeights ? 1 : factor));
        builder.addDraw(dropout);
        return publish(index, false, dropout.build(tensor, afterRelu));
    }

    private int noise(int index, Step.Noise step) {
        Tensor input = values.take(step);
        if (!builder.training()) {
            return publish(index, false, input);
        }
        Noise noise = builder.add(new Noise(builder.dnn(), step.kind(), step.amount()));
        builder.addDraw(noise);
        return publish(index, false, noise.build(input));
    }

    /** A prediction's convolution takes the normalisation and the sum behind it into its pass, not only the activation. */
    private int convolution(int index) {
        int last = index;
        NormalizationWeights normalization = null;
        Tensor addend = null;
        if (fusion.takesNormalization(last)) {
            last++;
            normalization = weighted.weights((Step.Normalization) steps.get(last));
        }
        if (fusion.takesAddition(last)) {
            int other =
                    ((Step.Addition) steps.get(last + 1)).other(steps.get(last).to());
            // Null where it is not there yet.
            addend = values.has(other) ? values.take(other) : null;
            last += addend == null ? 0 : 1;
        }
        ActivationFunction activation = fusion.takesActivationBeforeMask(last).orElse(null);
        Step.Convolution step = (Step.Convolution) steps.get(index);
        Epilogue epilogue = new Epilogue(normalization, addend, activation);
        return publish(last, activation != null, weighted.convolution(step, values.take(step), scale(step), epilogue));
    }

    /** What the step's input still has to be multiplied by. */
    private float scale(Step.Unary step) {
        return pendingScale.getOrDefault(step.input(), 1f);
    }
}
