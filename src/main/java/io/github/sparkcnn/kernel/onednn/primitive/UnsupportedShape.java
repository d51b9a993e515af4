package io.github.sparkcnn.kernel.onednn.primitive;

import java.util.Arrays;

/** Shapes that do not fit together, or that oneDNN has nothing for: the network is not for this engine. */
public final class UnsupportedShape extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The reason is such as {@code values of shapes [1, 8, 4, 4] and [1, 8, 1, 1] are combined}. */
    public UnsupportedShape(String reason) {
        super(reason);
    }

    /** Refuses to combine values of two shapes. */
    public static void requireSame(long[] left, long[] right) {
        if (!Arrays.equals(left, right)) {
            throw new UnsupportedShape(
                    "values of shapes " + Arrays.toString(left) + " and " + Arrays.toString(right) + " are combined");
        }
    }
}
