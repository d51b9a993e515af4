package io.github.sparkcnn.allreduce;

import java.nio.ByteBuffer;

/**
 * What stands before the floats of a segment.
 *
 * @param token of the run's attempt
 * @param averaging its number, counted from 1
 * @param step of the ring, 0 to 2·(size − 1) − 1
 * @param index of the segment in its chunk
 * @param length of the whole vector, in floats
 * @param contribution of the worker {@code step} places before the sender (on the first round)
 */
public record SegmentHeader(long token, long averaging, int step, int index, long length, Contribution contribution) {

    private static final int WITHOUT_VALUES = 4 * Long.BYTES + 3 * Integer.BYTES;

    /** As it travels, big-endian. */
    public ByteBuffer encode() {
        double[] values = contribution.values();
        ByteBuffer buffer = ByteBuffer.allocate(WITHOUT_VALUES + values.length * Double.BYTES);
        buffer.putLong(token).putLong(averaging).putInt(step).putInt(index).putLong(length);
        buffer.putLong(contribution.weight()).putInt(values.length);
        for (double value : values) {
            buffer.putDouble(value);
        }
        return buffer.flip();
    }

    /** What {@link #encode} wrote; throws an IllegalArgumentException on what is no header. */
    public static SegmentHeader decode(ByteBuffer buffer) {
        if (buffer.remaining() < WITHOUT_VALUES) {
            throw new IllegalArgumentException("a segment's header of " + buffer.remaining() + " bytes");
        }
        long token = buffer.getLong();
        long averaging = buffer.getLong();
        int step = buffer.getInt();
        int index = buffer.getInt();
        long length = buffer.getLong();
        long weight = buffer.getLong();
        int count = buffer.getInt();
        if (count < 0 || count * (long) Double.BYTES != buffer.remaining()) {
            throw new IllegalArgumentException(count + " values in " + buffer.remaining() + " bytes");
        }
        double[] values = new double[count];
        buffer.asDoubleBuffer().get(values);
        return new SegmentHeader(token, averaging, step, index, length, new Contribution(weight, values));
    }
}
