package io.github.sparkcnn.kernel.torch.tensor;

import io.github.sparkcnn.kernel.step.Slice;
import java.util.Optional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * A network's flat parameters and their gradient on the device, in Deeplearning4j's order. The parameters of its layers are views of
 * the one, into whose gradients, views of the other, automatic differentiation adds up in place.
 */
public final class FlatTensors {
    private final Tensor parameters;
    private final Tensor gradient;

    /** Zeros. */
    public FlatTensors(TorchDevice device, long length) {
        parameters = device.zeros(length);
        gradient = device.zeros(length);
    }

    /** {@code [n]}. */
    public Tensor parameters() {
        return parameters;
    }

    /** {@code [n]}. */
    public Tensor gradient() {
        return gradient;
    }

    /** A parameter as a layer reads it: a leaf of the graph, with a gradient unless it is frozen. */
    public Tensor leaf(Slice slice, long[] dims, long[] strides) {
        Tensor leaf = view(parameters, slice, dims, strides);
        if (slice.trainable()) {
            leaf.requires_grad_(true);
            leaf.mutable_grad().put(view(gradient, slice, dims, strides));
        }
        return leaf;
    }

    /** A parameter of one dimension. */
    public Tensor leaf(Slice slice) {
        return leaf(slice, new long[] {slice.length()}, new long[] {1});
    }

    /** The same of one that a layer may have or not, as libtorch takes it. */
    public TensorOptional optionalLeaf(Optional<Slice> slice) {
        return slice.map(present -> new TensorOptional(leaf(present))).orElseGet(TensorOptional::new);
    }

    private static Tensor view(Tensor flat, Slice slice, long[] dims, long[] strides) {
        return flat.as_strided(dims, strides, new LongOptional(slice.offset())).detach();
    }
}
