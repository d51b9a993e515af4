package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.PlanBuilder;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.spatial.Flatten;
import io.github.sparkcnn.kernel.onednn.weighted.BatchNormalization;
import io.github.sparkcnn.kernel.onednn.weighted.Convolution;
import io.github.sparkcnn.kernel.onednn.weighted.Deconvolution;
import io.github.sparkcnn.kernel.onednn.weighted.Dense;
import io.github.sparkcnn.kernel.onednn.weighted.Epilogue;
import io.github.sparkcnn.kernel.onednn.weighted.LinearWeights;
import io.github.sparkcnn.kernel.onednn.weighted.NormalizationWeights;
import io.github.sparkcnn.kernel.step.ActivationFunction;
import io.github.sparkcnn.kernel.step.KernelLayout;
import io.github.sparkcnn.kernel.step.Shortcut;
import io.github.sparkcnn.kernel.step.Sliding;
import io.github.sparkcnn.kernel.step.Step;
import java.util.Arrays;
import java.util.Set;

/** Puts the steps that have parameters into a plan. */
final class WeightedSteps {
    private final PlanBuilder builder;
    private final BoundSlices slices;
    private final Set<Shortcut> shortcuts;

    WeightedSteps(PlanBuilder builder, BoundSlices slices, Set<Shortcut> shortcuts) {
        this.builder = builder;
        this.slices = slices;
        this.shortcuts = shortcuts;
    }

    /** @param scale what the input still has to be multiplied by */
    Tensor convolution(Step.Convolution step, Tensor input, float scale, Epilogue epilogue) {
        Sliding sliding = step.sliding();
        long[] output = Windows.output(sliding, input, step.outputs());
        return add(new Convolution(
                        builder.dnn(),
                        Windows.of(sliding, input.dims(), output),
                        weights(step, scale),
                        epilogue,
                        builder.training(),
                        shortcuts.contains(Shortcut.ROWS_AS_CHANNELS)))
                .build(input, output);
    }

    private LinearWeights weights(Step.Convolution step, float scale) {
        long rows = step.sliding().height().kernel();
        long columns = step.sliding().width().kernel();
        long groups = step.groups();
        KernelLayout layout = step.layout();
        long[] dims = {groups, step.outputs() / groups, step.inputs() / groups, rows, columns};
        long[] strides = {layout.group(), layout.output(), layout.input(), layout.row(), layout.column()};
        return weights(
                step, groups > 1 ? dims : withoutGroups(dims), groups > 1 ? strides : withoutGroups(strides), scale);
    }

    private LinearWeights weights(Step.Weighted step, long[] dims, long[] strides, float scale) {
        return new LinearWeights(
                slices.of(step.weights()), step.bias().map(slices::of).orElse(null), dims, strides, scale);
    }

    private static long[] withoutGroups(long[] values) {
        return Arrays.copyOfRange(values, 1, values.length);
    }

    Tensor deconvolution(Step.Deconvolution step, Tensor input) {
        Sliding sliding = step.sliding();
        long[] dims = input.dims();
        long[] output = {dims[0], step.outputs(), sliding.transposedRows(dims[2]), sliding.transposedColumns(dims[3])};
        KernelLayout layout = step.layout();
        LinearWeights weights = weights(
                step,
                new long[] {
                    step.outputs(),
                    step.inputs(),
                    sliding.height().kernel(),
                    sliding.width().kernel()
                },
                new long[] {layout.output(), layout.input(), layout.row(), layout.column()},
                1);
        return add(new Deconvolution(builder.dnn(), Windows.of(sliding, output, dims), weights, builder.training()))
                .build(input, output);
    }

    /** @param activation null for none */
    Tensor dense(Step.Dense step, Tensor input, float scale, ActivationFunction activation) {
        boolean images = input.isImages();
        Tensor rows = images ? add(new Flatten(builder.dnn())).build(input, scale) : input;
        long[] dims = {step.outputs(), rows.dims()[1]};
        LinearWeights weights = weights(step, dims, OneDnn.rowMajorStrides(dims), images ? 1 : scale);
        return add(new Dense(builder.dnn(), weights, builder.training())).build(rows, activation);
    }

    Tensor normalization(Step.Normalization step, Tensor input, boolean relu) {
        NormalizationWeights weights = weights(step);
        boolean withGradient = builder.training() && (input.needsGradient() || weights.trainable());
        return add(new BatchNormalization(builder.dnn(), weights, builder.training()))
                .build(input, withGradient, relu);
    }

    NormalizationWeights weights(Step.Normalization step) {
        return new NormalizationWeights(
                slices.of(step.scale()),
                slices.of(step.shift()),
                slices.of(step.mean()),
                slices.of(step.logDeviation()),
                step.channels(),
                step.decay(),
                (float) step.epsilon());
    }

    private <O extends Operation> O add(O operation) {
        return builder.add(operation);
    }
}
