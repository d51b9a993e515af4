package io.github.sparkcnn.kernel.torch;

import io.github.sparkcnn.image.ChosenImages;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.LabelledPixels;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.MovedPixels;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.KeptImages;
import io.github.sparkcnn.kernel.torch.tensor.Products;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import io.github.sparkcnn.kernel.torch.tensor.TorchScope;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Images of bytes on the device, where the numbers that stand for them are looked up as they are on the host. */
final class KeptPixels implements KeptImages {
    private static final int BLOCK = 1024;
    private static final int BYTES = 256;

    /** What makes the step of a minibatch whose images are on the device. */
    interface Steps {
        double step(Supplier<Tensor> images, Minibatch labels, long seed);
    }

    private final TorchScope owned;
    private final TorchDevice device;
    private final Steps steps;
    private final ImageShape shape;
    private final MemoryFormatOptional layout;
    private final int[] labels;

    /** {@code [n, size]}. */
    private final Tensor pixels;

    /** {@code [1 or channels · 256]}. */
    private final Tensor table;

    /** {@code [size]}: where the table of each number's channel begins. */
    private final Tensor tables;

    KeptPixels(TorchDevice device, Products products, LabelledPixels images, PixelScale scale, Steps steps) {
        this.device = device;
        this.steps = steps;
        shape = images.shape();
        labels = new int[images.size()];
        Arrays.setAll(labels, images::label);
        try (TorchScope scope = new TorchScope()) {
            layout = new MemoryFormatOptional(products.layout());
            float[] values = scale.table(shape).flat();
            int[] begins = new int[shape.size()];
            int channel = shape.size() / shape.channels();
            Arrays.setAll(begins, i -> values.length == BYTES ? 0 : i / channel * BYTES);
            table = device.copyOf(values);
            tables = device.copyOf(begins, begins.length);
            pixels = device.bytes(images.size(), shape.size());
            copy(images);
            owned = scope.extend();
        }
    }

    private void copy(LabelledPixels images) {
        byte[] image = new byte[shape.size()];
        for (int from = 0; from < images.size(); from += BLOCK) {
            int count = Math.min(BLOCK, images.size() - from);
            byte[] block = new byte[count * image.length];
            for (int i = 0; i < count; i++) {
                images.read(from + i, image);
                System.arraycopy(image, 0, block, i * image.length, image.length);
            }
            device.copy(block, pixels.narrow(0, from, count));
        }
    }

    @Override
    public double step(ChosenImages images, long seed) {
        int size = images.size();
        int[] places = Arrays.copyOfRange(images.places(), images.from(), images.from() + size);
        int[] classes = new int[size];
        Arrays.setAll(classes, i -> labels[places[i]]);
        Supplier<Tensor> inputs = () -> inputs(places, images.moved());
        return steps.step(inputs, new Minibatch(new float[0], classes, size), seed);
    }

    private Tensor inputs(int[] places, Optional<MovedPixels> moved) {
        Tensor own = pixels.index_select(0, device.copyOf(places, places.length));
        Tensor bytes = moved.map(all -> moved(own, places.length, all)).orElse(own);
        return torch.index_select(
                        table, 0, bytes.to(ScalarType.Int).add_(tables).flatten())
                .view(places.length, shape.channels(), shape.height(), shape.width())
                .to(ScalarType.Float, false, false, layout);
    }

    /** {@code [n, size]}, of as many. */
    private Tensor moved(Tensor bytes, int images, MovedPixels all) {
        int height = shape.height();
        int width = shape.width();
        long area = (long) height * width;
        Scalar nothing = new Scalar(0);
        Tensor rows = device.copyOf(all.rows(), images * height).view(images, height, 1);
        Tensor columns = device.copyOf(all.columns(), images * width).view(images, 1, width);
        Tensor black = rows.lt(nothing).logical_or(columns.lt(nothing)).view(images, 1, area);
        Tensor places = rows.mul(new Scalar(width)).add(columns).clamp_min_(nothing);
        return bytes.view(images, shape.channels(), area)
                .gather(2, places.to(ScalarType.Long).view(images, 1, area).expand(images, shape.channels(), area))
                .masked_fill_(black, nothing)
                .view(images, shape.size());
    }

    @Override
    public void close() {
        owned.close();
    }
}
