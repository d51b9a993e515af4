package io.github.sparkcnn.kernel;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Step.Kind;
import io.github.sparkcnn.kernel.onednn.Epilogue;
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
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * Turns steps into a plan for one batch size, fusing neighbours: a ReLU into the convolution, dense layer, pooling or dropout
 * beside it, a dropout's factor into the weights behind it, and, for prediction, a normalisation and a residual's sum into the
 * convolution before them.
 */
final class PlanCompiler {
    private final List<Step> steps;
    private final ImageShape shape;
    private final Set<Shortcut> shortcuts;
    private final Map<Integer, Deque<Tensor>> tensors = new HashMap<>();
    /** What the weights that read a value still have to multiply it by. */
    private final Map<Integer, Float> pendingScale = new HashMap<>();

    private PlanBuilder builder;

    private PlanCompiler(List<Step> steps, ImageShape shape, Set<Shortcut> shortcuts) {
        this.steps = steps;
        this.shape = shape;
        this.shortcuts = shortcuts;
    }

    static Plan compile(List<Step> steps, ImageShape shape, Set<Shortcut> shortcuts, int batch, boolean training) {
        PlanCompiler compiler = new PlanCompiler(steps, shape, shortcuts);
        return Plan.prepare(training, builder -> compiler.build(builder, batch));
    }

    private Tensor build(PlanBuilder into, int batch) {
        builder = into;
        boolean withGradient = builder.training() && !shortcuts.contains(Shortcut.NO_INPUT_GRADIENT);
        publish(0, builder.input(withGradient, batch, shape.channels(), shape.height(), shape.width()));
        int i = 0;
        while (i < steps.size()) {
            i = emit(i);
        }
        return take(steps.get(steps.size() - 1).to());
    }

    /** Emits the step and those that fuse with it; returns the first step that is left. */
    private int emit(int index) {
        Step step = steps.get(index);
        boolean fuse =
                shortcuts.contains(Shortcut.FUSED_RELU) && follows(index, Kind.RELU) && !maskTakesRelu(index + 1);
        switch (step.kind()) {
            case CONVOLUTION -> {
                return convolution(index);
            }
            case DENSE -> {
                return publish(index, fuse, dense(step, fuse));
            }
            case MAX_POOL -> {
                return publish(index, fuse, pool(step, fuse));
            }
            case RELU -> {
                if (maskTakesRelu(index)) {
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
                Tensor input = take(step.from().get(0));
                return publish(index, fuse, builder.batchNormalization(input, normalization(step), fuse));
            }
            case ADDITION -> {
                Tensor left = take(step.from().get(0));
                return publish(index, fuse, builder.add(left, take(step.from().get(1)), fuse));
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

    /** Whether a dropout follows that is active in this plan and does the ReLU at the index in its own pass. */
    private boolean maskTakesRelu(int index) {
        return builder.training() && shortcuts.contains(Shortcut.FUSED_DROPOUT) && follows(index, Kind.DROPOUT);
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
        boolean byWeights = shortcuts.contains(Shortcut.FUSED_DROPOUT)
                && (follows(index, Kind.CONVOLUTION) || follows(index, Kind.DENSE));
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
        if (!builder.training() && follows(last, Kind.NORMALIZATION)) {
            last++;
            normalization = normalization(steps.get(last));
        }
        if (!builder.training() && follows(last, Kind.ADDITION)) {
            addend = takeOther(steps.get(last + 1), steps.get(last).to());
            last += addend == null ? 0 : 1;
        }
        boolean relu = shortcuts.contains(Shortcut.FUSED_RELU) && follows(last, Kind.RELU);
        return publish(last, relu, convolution(steps.get(index), new Epilogue(normalization, addend, relu)));
    }

    /** The value that an addition reads beside the one given; null if it is not there yet. */
    private Tensor takeOther(Step addition, int value) {
        int other = addition.from().get(addition.from().get(0) == value ? 1 : 0);
        return tensors.containsKey(other) ? take(other) : null;
    }

    private Tensor convolution(Step step, Epilogue epilogue) {
        ConvolutionLayer layer = (ConvolutionLayer) step.layer();
        Tensor input = take(step.from().get(0));
        Sliding sliding = Sliding.of(layer);
        long[] output = sliding.output(input.dims(), layer.getNOut());
        Window window = sliding.window(input.dims(), output);
        long[] dims = {layer.getNOut(), layer.getNIn(), layer.getKernelSize()[0], layer.getKernelSize()[1]};
        return builder.convolution(input, window, weights(step, dims, scale(step)), output, epilogue);
    }

    private Tensor dense(Step step, boolean relu) {
        Tensor input = take(step.from().get(0));
        boolean images = input.dims().length == 4;
        Tensor rows = images ? builder.flatten(input, scale(step)) : input;
        long[] dims = {((FeedForwardLayer) step.layer()).getNOut(), rows.dims()[1]};
        return builder.dense(rows, weights(step, dims, images ? 1 : scale(step)), relu);
    }

    /** What the step's input still has to be multiplied by. */
    private float scale(Step step) {
        return pendingScale.getOrDefault(step.from().get(0), 1f);
    }

    private static LinearWeights weights(Step step, long[] dims, float scale) {
        return new LinearWeights(step.parameters().get("W"), step.parameters().get("b"), dims, scale);
    }

    private Tensor pool(Step step, boolean relu) {
        SubsamplingLayer layer = (SubsamplingLayer) step.layer();
        Tensor input = take(step.from().get(0));
        Sliding sliding = Sliding.of(layer);
        long[] output = sliding.output(input.dims(), input.dims()[1]);
        Window window = sliding.window(input.dims(), output);
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

    private static NormalizationWeights normalization(Step step) {
        BatchNormalization layer = (BatchNormalization) step.layer();
        return new NormalizationWeights(
                step.parameters().get("gamma"),
                step.parameters().get("beta"),
                step.parameters().get("mean"),
                step.parameters().get("log10stdev"),
                Math.toIntExact(layer.getNOut()),
                layer.getDecay(),
                (float) layer.getEps());
    }
}
