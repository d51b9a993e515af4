package io.github.sparkcnn.kernel.onednn.spatial;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import org.bytedeco.dnnl.memory;

/**
 * Images as rows, {@code [n, channels · height · width]} in c order, times a factor. One cheap pass over the activations that
 * lets the dense layer behind it work on the flat parameters as they are, instead of copying a far larger weight matrix.
 */
public final class Flatten extends Operation {

    public Flatten(OneDnn dnn) {
        super(dnn);
    }

    public Tensor build(Tensor images, float scale) {
        long[] rows = {images.dims()[0], images.size() / images.dims()[0]};
        memory.data_type type = images.data().get_desc().get_data_type();
        memory.desc plain = OneDnn.plain(images.dims(), type);
        memory data = dnn.allocate(plain);
        forward(dnn.reorder(images.data(), data, scale));
        memory gradient = null;
        if (images.needsGradient()) {
            gradient = dnn.allocate(plain);
            backward(dnn.reorder(gradient, images.gradient(), scale));
            gradient = dnn.wrap(OneDnn.plain(rows, type), gradient.get_data_handle());
        }
        return new Tensor(rows, dnn.wrap(OneDnn.plain(rows, type), data.get_data_handle()), gradient);
    }
}
