package io.github.sparkcnn.numpy;

import java.util.Arrays;

/**
 * An array of a NumPy file.
 *
 * @param type of the values in the file
 * @param shape empty for a single value
 * @param values in c order; of an INT64 array they have to be exact as floats, that is below 2²⁴
 */
@SuppressWarnings("ArrayRecordComponent") // a block of numbers, compared by nobody
public record NpyArray(Type type, int[] shape, float[] values) {

    /** The types of PyTorch's weights and counters. */
    public enum Type {
        FLOAT32("<f4", 4),
        INT64("<i8", 8);

        final String description;
        final int bytes;

        Type(String description, int bytes) {
            this.description = description;
            this.bytes = bytes;
        }
    }

    public NpyArray {
        if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != values.length) {
            throw new IllegalArgumentException(values.length + " values of shape " + Arrays.toString(shape));
        }
    }

    /** An array of floats. */
    public static NpyArray of(float[] values, int... shape) {
        return new NpyArray(Type.FLOAT32, shape, values);
    }
}
