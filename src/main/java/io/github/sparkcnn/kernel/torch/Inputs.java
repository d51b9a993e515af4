package io.github.sparkcnn.kernel.torch;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.ClassWeights;
import io.github.sparkcnn.kernel.torch.tensor.Products;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What goes into a network, on its way to the device, and what comes out of it, on the way back. */
final class Inputs {
    private final TorchDevice device;
    private final MemoryFormatOptional layout;
    private final ImageShape shape;
    private final int outputs;
    private final Tensor classes;

    Inputs(TorchDevice device, Products products, ImageShape shape, long outputs) {
        this.device = device;
        layout = new MemoryFormatOptional(products.layout());
        this.shape = shape;
        this.outputs = Math.toIntExact(outputs);
        classes = device.copyOf(IntStream.range(0, this.outputs).toArray(), this.outputs);
    }

    /** {@code [size, channels, height, width]}: so many images from one on. */
    Tensor images(float[] features, int first, int size) {
        return device.copyOf(
                features, first * shape.size(), layout, size, shape.channels(), shape.height(), shape.width());
    }

    /** {@code [size, outputs]}: for each image what its class weighs in the minibatch, and 0 for the others. */
    Tensor targets(Minibatch batch, ClassWeights weights) {
        Tensor labels = device.copyOf(batch.labels(), batch.size()).unsqueeze(1);
        Tensor hits = labels.eq(classes).to(ScalarType.Float);
        return weights.areEqual() ? hits : hits.mul_(device.copyOf(weights.in(batch.labels(), batch.size())));
    }

    /** Copies {@code [n, outputs]} behind so many rows; returns how many there are then. */
    int copyRows(Tensor rows, float[] target, int behind) {
        TorchDevice.copy(rows, target, behind * outputs);
        return behind + Math.toIntExact(rows.size(0));
    }
}
