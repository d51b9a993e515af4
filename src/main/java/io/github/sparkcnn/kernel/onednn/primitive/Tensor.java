package io.github.sparkcnn.kernel.onednn.primitive;

import org.bytedeco.dnnl.memory;

/**
 * A value that flows between operations, in whatever layout its producer chose.
 *
 * @param dims {@code [n, channels, height, width]} or {@code [n, features]}
 * @param data the value
 * @param gradient of the loss by the value, in the same layout; null where nobody needs it
 * @param shared whether other operations read the same value, so that nobody may write over it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(long[] dims, memory data, memory gradient, boolean shared) {

    /** A value with one reader, which may work in place. */
    Tensor(long[] dims, memory data, memory gradient) {
        this(dims, data, gradient, false);
    }

    /** Allocates a value and, where one is wanted, its gradient. */
    static Tensor like(OneDnn dnn, long[] dims, memory.desc layout, boolean withGradient) {
        return new Tensor(dims, dnn.allocate(layout), withGradient ? dnn.allocate(layout) : null);
    }

    boolean needsGradient() {
        return gradient != null;
    }

    long channels() {
        return dims[1];
    }

    /** Values in the tensor, without the padding of blocked layouts. */
    long size() {
        long size = 1;
        for (long dim : dims) {
            size *= dim;
        }
        return size;
    }
}
