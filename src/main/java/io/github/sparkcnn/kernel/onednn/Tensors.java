package io.github.sparkcnn.kernel.onednn;

import org.bytedeco.dnnl.memory;

/** Allocates tensors. */
final class Tensors {

    private Tensors() {}

    static Tensor like(OneDnn dnn, long[] dims, memory.desc layout, boolean withGradient) {
        return new Tensor(dims, dnn.allocate(layout), withGradient ? dnn.allocate(layout) : null);
    }
}
