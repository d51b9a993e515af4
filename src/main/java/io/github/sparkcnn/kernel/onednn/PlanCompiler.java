package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.onednn.primitive.Epilogue;
import io.github.sparkcnn.kernel.onednn.primitive.LinearWeights;
import io.github.sparkcnn.kernel.onednn.primitive.NormalizationWeights;
import io.github.sparkcnn.kernel.onednn.primitive.Plan;
import io.github.sparkcnn.kernel.onednn.primitive.PlanBuilder;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.Window;
import io.github.sparkcnn.kernel.step.Fusion;
import io.github.sparkcnn.kernel.step.Shortcut;
import io.github.sparkcnn.kernel.step.Slice;
import io.github.sparkcnn.kernel.step.Sliding;
import io.github.sparkcnn.kernel.step.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns steps into a plan for one batch size, fusing neighbours: a ReLU into the convolution, dense layer, pooling or dropout
 * beside it, a dropout's factor into the weights behind it, and, for prediction, a normalisation and a residual's sum into the
 * convolution before them.
 */
final class PlanCompiler {
    private final List<Step> steps;
    private final Fusion fusion;
    private final BoundSlices slices;
    private final PlanBuilder builder;
    private final Map<Integer, Deque<Tensor>> tensors = new HashMap<>();
    /** What the weights that read a value still have to multiply it by. */
    private final Map<Integer, Float> pendingScale = new HashMap<>();

    private PlanCompiler(List<Step> steps, Set<Shortcut> shortcuts, BoundSlices slices, PlanBuilder builder) {
        this.steps = steps;
        this.fusion = new Fusion(steps, shortcuts, builder.training());
        this.slices = slices;
        this.builder = builder;
    }

    static Plan compile(
            List<Step> steps,
            Set<Shortcut> shortcuts,
            BoundSlices slices,
            ImageShape shape,
            int batch,
            boolean training) {
        return Plan.prepare(training, builder -> {
            boolean withGradient = training && !shortcuts.contains(Shortcut.NO_INPUT_GRADIENT);
            Tensor images = builder.input(withGradient, batch, shape.channels(), shape.height(), shape.width());
            return new PlanCompiler(steps, shortcuts, slices, builder).build(images);
        });
    }

    private Tensor build(Tensor images) {
        publish(0, images);
        int i = 0;
        while (i < steps.size()) {
            i = emit(i);
        }
        return take(steps.get(steps.size() - 1).to());
    }

    /** Emits the step and those that fuse with it; returns the first step that is left. */
    private int emit(int index) {
        Step step = steps.get(index);
        if (step instanceof Step.Convolution) {
            return convolution(index);
        }
        if (step instanceof Step.Dropout) {
            return dropout(index, take((Step.Unary) step), false);
        }
        if (step instanceof Step.Relu relu) {
            return fusion.maskTakesRelu(index)
                    ? dropout(index + 1, take(relu), true)
                    : publish(index, false, builder.relu(take(relu)));
        }
        if (step instanceof Step.AveragePool pool) {
            return publish(index, false, averagePool(pool));
        }
        if (step instanceof Step.GlobalAverage average) {
            return publish(index, false, globalAverage(average));
        }
        boolean relu = fusion.takesRelu(index);
        return publish(index, relu, withRelu(step, relu));
    }

    private Tensor withRelu(Step step, boolean relu) {
        if (step instanceof Step.Dense dense) {
            return dense(dense, relu);
        }
        if (step instanceof Step.MaxPool pool) {
            return maxPool(pool, relu);
        }
        if (step instanceof Step.Normalization normalization) {
            return builder.batchNormalization(take(normalization), weights(normalization), relu);
        }
        if (step instanceof Step.Addition sum) {
            Tensor left = take(sum.left());
            return builder.add(left, take(sum.right()), relu);
        }
        throw new AssertionError(step);
    }

    private int publish(int index, boolean withNext, Tensor tensor) {
        int last = withNext ? index + 1 : index;
        publish(steps.get(last).to(), tensor);
        return last + 1;
    }

    private void publish(int value, Tensor tensor) {
        int readers = fusion.readers(value);
        tensors.put(value, new ArrayDeque<>(readers > 1 ? builder.fork(tensor, readers) : List.of(tensor)));
    }

    private Tensor take(Step.Unary step) {
        return take(step.input());
    }

    private Tensor take(int value) {
        return tensors.get(value).remove();
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
        return publish(index, false, builder.dropout(tensor, step.retain(), byWeights ? 1 : factor, afterRelu));
    }

    /** A prediction's convolution takes the normalisation and the sum behind it into its pass, not only the ReLU. */
    private int convolution(int index) {
        int last = index;
        NormalizationWeights normalization = null;
        Tensor addend = null;
        if (fusion.takesNormalization(last)) {
            last++;
            normalization = weights((Step.Normalization) steps.get(last));
        }
        if (fusion.takesAddition(last)) {
            int other =
                    ((Step.Addition) steps.get(last + 1)).other(steps.get(last).to());
            // Null where it is not there yet.
            addend = tensors.containsKey(other) ? take(other) : null;
            last += addend == null ? 0 : 1;
        }
        boolean relu = fusion.takesReluBeforeMask(last);
        Step.Convolution step = (Step.Convolution) steps.get(index);
        return publish(last, relu, convolution(step, new Epilogue(normalization, addend, relu)));
    }

    private Tensor convolution(Step.Convolution step, Epilogue epilogue) {
        Tensor input = take(step);
        Sliding sliding = step.sliding();
        long[] output = output(sliding, input, step.outputs());
        long[] dims = {
            step.outputs(),
            step.inputs(),
            sliding.height().kernel(),
            sliding.width().kernel()
        };
        LinearWeights weights = linear(step.weights(), step.bias(), dims, scale(step));
        return builder.convolution(input, window(sliding, input, output), weights, output, epilogue);
    }

    private Tensor dense(Step.Dense step, boolean relu) {
        Tensor input = take(step);
        boolean images = input.dims().length == 4;
        Tensor rows = images ? builder.flatten(input, scale(step)) : input;
        long[] dims = {step.outputs(), rows.dims()[1]};
        return builder.dense(rows, linear(step.weights(), step.bias(), dims, images ? 1 : scale(step)), relu);
    }

    /** What the step's input still has to be multiplied by. */
    private float scale(Step.Unary step) {
        return pendingScale.getOrDefault(step.input(), 1f);
    }

    private LinearWeights linear(Slice weights, Optional<Slice> bias, long[] dims, float scale) {
        return new LinearWeights(slices.of(weights), bias.map(slices::of).orElse(null), dims, scale);
    }

    private Tensor maxPool(Step.MaxPool step, boolean relu) {
        Tensor input = take(step);
        long[] output = output(step.sliding(), input, input.dims()[1]);
        return builder.maxPool(input, window(step.sliding(), input, output), output, relu);
    }

    private Tensor averagePool(Step.AveragePool step) {
        Tensor input = take(step);
        long[] output = output(step.sliding(), input, input.dims()[1]);
        return builder.averagePool(input, window(step.sliding(), input, output), output, step.includePadding());
    }

    private Tensor globalAverage(Step.GlobalAverage step) {
        Tensor input = take(step);
        int[] all = {(int) input.dims()[2], (int) input.dims()[3]};
        long[] output = {input.dims()[0], input.dims()[1], 1, 1};
        Window window = Window.over(new long[] {all[0], all[1]}, new long[] {1, 1}, all, all, new int[] {0, 0});
        return builder.averagePool(input, window, output, true);
    }

    private static long[] output(Sliding sliding, Tensor input, long channels) {
        long[] dims = input.dims();
        return new long[] {dims[0], channels, sliding.rows(dims[2]), sliding.columns(dims[3])};
    }

    private static Window window(Sliding sliding, Tensor input, long[] output) {
        long[] dims = input.dims();
        Sliding.Axis height = sliding.height();
        Sliding.Axis width = sliding.width();
        return Window.over(
                new long[] {dims[2], dims[3]},
                new long[] {output[2], output[3]},
                new int[] {height.kernel(), width.kernel()},
                new int[] {height.stride(), width.stride()},
                new int[] {sliding.above(dims[2]), sliding.left(dims[3])});
    }

    private NormalizationWeights weights(Step.Normalization step) {
        return new NormalizationWeights(
                slices.of(step.scale()),
                slices.of(step.shift()),
                slices.of(step.mean()),
                slices.of(step.logDeviation()),
                step.channels(),
                step.decay(),
                (float) step.epsilon());
    }
}
