package io.github.sparkcnn.kernel.onednn.primitive;

import org.bytedeco.dnnl.memory;

/**
 * A value that flows between operations, in whatever layout its producer chose.
 *
 * @param dims {@code [n, channels, height, width]} or {@code [n, features]}
 * @param data the value
 * @param gradient of the loss by the value, in the same layout; null where nobody needs it
 * @param kept what others than its reader still need of the value
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(long[] dims, memory data, memory gradient, Kept kept) {

    /** How much of a value has to stay, so that its reader may work in place or may not. */
    public enum Kept {
        /** Its reader may write over it. */
        NOTHING,
        /** Its producer's backward pass asks where it is above 0: zeros may replace it, and it may be multiplied. */
        SIGN,
        /** Others read it. */
        VALUE
    }

    /** A value that its reader may write over. */
    public Tensor(long[] dims, memory data, memory gradient) {
        this(dims, data, gradient, Kept.NOTHING);
    }

    /** Allocates a value and, where one is wanted, its gradient. */
    public static Tensor like(OneDnn dnn, long[] dims, memory.desc layout, boolean withGradient) {
        return new Tensor(dims, dnn.allocate(layout), withGradient ? dnn.allocate(layout) : null);
    }

    /** The same value, of which more has to stay. */
    public Tensor keeping(Kept more) {
        return new Tensor(dims, data, gradient, more.compareTo(kept) > 0 ? more : kept);
    }

    public boolean needsGradient() {
        return gradient != null;
    }

    public long channels() {
        return dims[1];
    }

    /** Whether it is images, not rows. */
    public boolean isImages() {
        return dims.length == 4;
    }

    /** Values in the tensor, without the padding of blocked layouts. */
    public long size() {
        long size = 1;
        for (long dim : dims) {
            size *= dim;
        }
        return size;
    }
}
