package io.github.sparkcnn.kernel.torch.loss;

import io.github.sparkcnn.kernel.step.Head;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** From a network's last sums {@code [n, classes]} to probabilities, and to the loss against labels and its gradient. */
public interface Loss {

    /**
     * The loss of a minibatch.
     *
     * @param sum over its images, of no dimensions, in 64 bits
     * @param gradient of the mean by the sums, {@code [n, classes]}
     */
    record Backward(Tensor sum, Tensor gradient) {}

    /** The loss of a head. */
    static Loss of(Head head, TorchDevice device) {
        Optional<Tensor> weights = head.weights().map(device::copyOf);
        return switch (head.loss()) {
            case CROSS_ENTROPY -> new CrossEntropy(weights);
            case BINARY_CROSS_ENTROPY -> new BinaryCrossEntropy(weights, head.clip());
            case SQUARED_ERROR -> new SquaredError(weights, head.output());
        };
    }

    /** What the network says of its images. */
    Tensor probabilities(Tensor sums);

    /**
     * The loss and its gradient.
     *
     * @param targets {@code [n, classes]}: 1 for an image's class, or what the class weighs there, 0 elsewhere
     */
    Backward backward(Tensor sums, Tensor targets);
}
