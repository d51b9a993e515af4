package io.github.sparkcnn.kernel.torch.operation;

import io.github.sparkcnn.kernel.step.Sliding;
import io.github.sparkcnn.kernel.step.Step;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The mean of each window. */
record AveragePool(Step.AveragePool step) implements UnaryOperation {

    @Override
    public Tensor compute(Tensor input, boolean training) {
        Frame frame = Frame.of(step.sliding(), input);
        Tensor means = means(frame);
        if (step.includePadding() || !frame.isFilled()) {
            return means;
        }
        // libtorch does not know what of the image is padding: the share of each window that is not is the mean of
        // ones.
        Tensor ones = torch.ones_like(input.narrow(0, 0, 1).narrow(1, 0, 1));
        return means.div(means(Frame.of(step.sliding(), ones)));
    }

    private Tensor means(Frame frame) {
        Sliding sliding = step.sliding();
        return torch.avg_pool2d(
                frame.images(),
                Windows.kernel(sliding),
                Windows.strides(sliding),
                frame.padding(),
                false,
                step.includePadding(),
                new LongOptional());
    }
}
