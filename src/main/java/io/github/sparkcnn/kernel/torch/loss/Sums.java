package io.github.sparkcnn.kernel.torch.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Over a minibatch. */
final class Sums {

    private Sums() {}

    /** The sum of all numbers, in 64 bits. */
    static Tensor of(Tensor values) {
        return values.sum(new ScalarTypeOptional(ScalarType.Double));
    }

    /** From a gradient of the sum over the images, in place, to that of the mean. */
    static Tensor toMean(Tensor gradient) {
        return gradient.mul_(new Scalar(1.0 / gradient.size(0)));
    }
}
