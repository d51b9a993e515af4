package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.torch.tensor.FlatTensors;
import io.github.sparkcnn.kernel.torch.tensor.RunningStatistics;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Batch normalisation: by the minibatch's statistics in training, unless it is frozen, and by the running ones otherwise. */
final class Normalization implements UnaryOperation {
    /** Of the minibatch's statistics in what libtorch takes for the running ones: those are made of them for all layers together. */
    private static final double WHOLLY = 1;

    private final Step.Normalization step;
    private final RunningStatistics statistics;
    private final TensorOptional scale;
    private final TensorOptional shift;

    Normalization(Step.Normalization step, FlatTensors flat, RunningStatistics statistics) {
        this.step = step;
        this.statistics = statistics;
        scale = new TensorOptional(flat.leaf(step.scale()));
        shift = new TensorOptional(flat.leaf(step.shift()));
    }

    @Override
    public Tensor compute(Tensor input, boolean training) {
        RunningStatistics.Channels channels = statistics.of(step);
        boolean byMinibatch = training && step.scale().trainable();
        Tensor output = torch.batch_norm(
                input,
                scale,
                shift,
                new TensorOptional(byMinibatch ? channels.minibatchMean() : channels.mean()),
                new TensorOptional(byMinibatch ? channels.minibatchVariance() : channels.variance()),
                byMinibatch,
                WHOLLY,
                step.epsilon(),
                true);
        if (byMinibatch) {
            statistics.counted(step, input.numel() / step.channels());
        }
        return output;
    }
}
