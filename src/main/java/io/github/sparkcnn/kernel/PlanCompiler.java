package io.github.sparkcnn.kernel;

import io.github.sparkcnn.data.ImageShape;
import io.github.sparkcnn.kernel.Step.Kind;
import io.github.sparkcnn.kernel.onednn.LinearWeights;
import io.github.sparkcnn.kernel.onednn.NormalizationWeights;
import io.github.sparkcnn.kernel.onednn.Plan;
import io.github.sparkcnn.kernel.onednn.PlanBuilder;
import io.github.sparkcnn.kernel.onednn.Tensor;
import io.github.sparkcnn.kernel.onednn.Window;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * Turns steps into a plan for one batch size, fusing neighbours: a ReLU into the convolution, dense layer, pooling or dropout
 * beside it, a dropout's factor into the weights behind it.
 */
final class PlanCompiler {
    private final List<Step> steps;
    private final ImageShape shape;
    private final Map<Integer, Deque<Tensor>> tensors = new HashMap<>();
    /** What the weights that read a value still have to multiply it by. */
    private final Map<Integer, Float> pendingScale = new HashMap<>();

    private PlanBuilder builder;

    private PlanCompiler(List<Step> steps, ImageShape shape) {
        this.steps = steps;
        this.shape = shape;
    }

    static Plan compile(List<Step> steps, ImageShape shape, int batch, boolean training) {
        PlanCompiler compiler = new PlanCompiler(steps, shape);
        return Plan.prepare(training, builder -> compiler.build(builder, batch));
    }

    private Tensor build(PlanBuilder into, int batch) {
        builder = into;
        publish(0, builder.input(batch, shape.channels(), shape.height(), shape.width()));
        int i = 0;
        while (i < steps.size()) {
            i = emit(i);
        }
        return take(steps.get(steps.size() - 1).to());
    }

    /** Emits the step and those that fuse with it; returns the first step that is left. */
    private int emit(int index) {
        Step step = steps.get(index);
        boolean relu = follows(index, Kind.RELU);
        switch (step.kind()) {
            case CONVOLUTION -> {
                return publish(index, relu, convolution(step, relu));
            }
            case DENSE -> {
                boolean fuse = relu && !maskFollows(index + 1);
                return publish(index, fuse, dense(step, fuse));
            }
            case MAX_POOL -> {
                boolean fuse = relu && !maskFollows(index + 1);
                return publish(index, fuse, pool(step, fuse));
            }
            case RELU -> {
                if (maskFollows(index)) {
                    return dropout(index + 1, take(step.from().get(0)), true);
                }
                return publish(index, false, builder.relu(take(step.from().get(0))));
            }
            case DROPOUT -> {
                return dropout(index, take(step.from().get(0)), false);
            }
            case AVERAGE_POOL -> {
                return publish(index, false, pool(step, false));
            }
            case GLOBAL_AVERAGE -> {
                return publish(index, false, globalAverage(step));
            }
            case NORMALIZATION -> {
                return publish(index, false, normalization(step));
            }
            case ADDITION -> {
                Tensor left = take(step.from().get(0));
                return publish(index, false, builder.add(left, take(step.from().get(1))));
            }
        }
        throw new AssertionError(step.kind());
    }

    /** Whether the next step is of this kind and the only reader of this one's value. */
    private boolean follows(int index, Kind kind) {
        return index + 1 < steps.size()
                && steps.get(index + 1).is(kind)
                && steps.get(index + 1).from().contains(steps.get(index).to())
                && StepOrder.readers(steps, steps.get(index).to()) == 1;
    }

    /** Whether a dropout that is active in this plan follows. */
    private boolean maskFollows(int index) {
        return builder.training() && follows(index, Kind.DROPOUT);
    }

    private int publish(int index, boolean withNext, Tensor tensor) {
        int last = withNext ? index + 1 : index;
        publish(steps.get(last).to(), tensor);
        return last + 1;
    }

    private void publish(int value, Tensor tensor) {
        int readers = StepOrder.readers(steps, value);
        tensors.put(value, new ArrayDeque<>(readers > 1 ? builder.fork(tensor, readers) : List.of(tensor)));
    }

    private Tensor take(int value) {
        return tensors.get(value).remove();
    }

    private int dropout(int index, Tensor tensor, boolean afterRelu) {
        Step step = steps.get(index);
        if (!builder.training()) {
            return publish(index, false, tensor);
        }
        float factor = (float) (1 / step.retain());
        boolean byWeights = follows(index, Kind.CONVOLUTION) || follows(index, Kind.DENSE);
        if (byWeights) {
            pendingScale.put(step.to(), factor);
        }
        return publish(index, false, builder.dropout(tensor, step.retain(), byWeights ? 1 : factor, afterRelu));
    }

    private Tensor convolution(Step step, boolean relu) {
        ConvolutionLayer layer = (ConvolutionLayer) step.layer();
        Tensor input = take(step.from().get(0));
        long[] output = slide(
                input,
                layer.getNOut(),
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getConvolutionMode());
        Window window = window(
                input,
                output,
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getConvolutionMode());
        long[] dims = {layer.getNOut(), layer.getNIn(), layer.getKernelSize()[0], layer.getKernelSize()[1]};
        return builder.convolution(input, window, weights(step, dims), output, relu);
    }

    private Tensor dense(Step step, boolean relu) {
        Tensor input = take(step.from().get(0));
        boolean images = input.dims().length == 4;
        float scale = pendingScale.getOrDefault(step.from().get(0), 1f);
        Tensor rows = images ? builder.flatten(input, scale) : input;
        long[] dims = {((FeedForwardLayer) step.layer()).getNOut(), rows.dims()[1]};
        LinearWeights weights = weights(step, dims);
        return builder.dense(rows, images ? weights.unscaled() : weights, relu);
    }

    private LinearWeights weights(Step step, long[] dims) {
        float scale = pendingScale.getOrDefault(step.from().get(0), 1f);
        return new LinearWeights(step.parameters().get("W"), step.parameters().get("b"), dims, scale);
    }

    private Tensor pool(Step step, boolean relu) {
        SubsamplingLayer layer = (SubsamplingLayer) step.layer();
        Tensor input = take(step.from().get(0));
        long[] output = slide(
                input,
                input.dims()[1],
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getConvolutionMode());
        Window window = window(
                input,
                output,
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getConvolutionMode());
        return step.is(Kind.MAX_POOL)
                ? builder.maxPool(input, window, output, relu)
                : builder.averagePool(input, window, output, layer.isAvgPoolIncludePadInDivisor());
    }

    private Tensor globalAverage(Step step) {
        Tensor input = take(step.from().get(0));
        int[] all = {(int) input.dims()[2], (int) input.dims()[3]};
        long[] output = {input.dims()[0], input.dims()[1], 1, 1};
        Window window = Window.over(new long[] {all[0], all[1]}, new long[] {1, 1}, all, all, new int[] {0, 0});
        return builder.averagePool(input, window, output, true);
    }

    private Tensor normalization(Step step) {
        BatchNormalization layer = (BatchNormalization) step.layer();
        return builder.batchNormalization(
                take(step.from().get(0)),
                new NormalizationWeights(
                        step.parameters().get("gamma"),
                        step.parameters().get("beta"),
                        step.parameters().get("mean"),
                        step.parameters().get("log10stdev"),
                        Math.toIntExact(layer.getNOut()),
                        layer.getDecay(),
                        (float) layer.getEps()));
    }

    private static long[] slide(
            Tensor input, long channels, int[] kernel, int[] stride, int[] padding, ConvolutionMode mode) {
        long[] output = {input.dims()[0], channels, 0, 0};
        for (int i = 0; i < 2; i++) {
            long size = input.dims()[2 + i];
            output[2 + i] = mode == ConvolutionMode.Same
                    ? (size + stride[i] - 1) / stride[i]
                    : (size + 2L * padding[i] - kernel[i]) / stride[i] + 1;
        }
        return output;
    }

    private static Window window(
            Tensor input, long[] output, int[] kernel, int[] stride, int[] padding, ConvolutionMode mode) {
        long[] from = {input.dims()[2], input.dims()[3]};
        long[] to = {output[2], output[3]};
        int[] before = padding.clone();
        if (mode == ConvolutionMode.Same) {
            for (int i = 0; i < 2; i++) {
                before[i] = (int) Math.max(0, (to[i] - 1) * stride[i] + kernel[i] - from[i]) / 2;
            }
        }
        return Window.over(from, to, kernel, stride, before);
    }
}
