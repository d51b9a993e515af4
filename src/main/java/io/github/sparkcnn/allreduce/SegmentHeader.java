package io.github.sparkcnn.allreduce;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands before the floats of a segment.
 *
 * @param token of the run's attempt
 * @param averaging its number, counted from 1
 * @param step of the exchange, counted from 0
 * @param index of the segment in what the sender sends in that step
 * @param length of the whole vector, in floats
 * @param contributions that travel along, equally long; whose they are follows from the step
 */
public record SegmentHeader(
        long token, long averaging, int step, int index, long length, List<Contribution> contributions) {

    private static final int WITHOUT_CONTRIBUTIONS = 3 * Long.BYTES + 4 * Integer.BYTES;

    public SegmentHeader {
        contributions = List.copyOf(contributions);
    }

    /** As it travels, big-endian. */
    public ByteBuffer encode() {
        int values = contributions.isEmpty() ? 0 : contributions.get(0).values().length;
        ByteBuffer buffer = ByteBuffer.allocate(WITHOUT_CONTRIBUTIONS + contributions.size() * bytes(values));
        buffer.putLong(token).putLong(averaging).putInt(step).putInt(index).putLong(length);
        buffer.putInt(contributions.size()).putInt(values);
        for (Contribution contribution : contributions) {
            buffer.putLong(contribution.weight());
            for (double value : contribution.values()) {
                buffer.putDouble(value);
            }
        }
        return buffer.flip();
    }

    /** What {@link #encode} wrote; throws an IllegalArgumentException on what is no header. */
    public static SegmentHeader decode(ByteBuffer buffer) {
        if (buffer.remaining() < WITHOUT_CONTRIBUTIONS) {
            throw new IllegalArgumentException("a segment's header of " + buffer.remaining() + " bytes");
        }
        long token = buffer.getLong();
        long averaging = buffer.getLong();
        int step = buffer.getInt();
        int index = buffer.getInt();
        long length = buffer.getLong();
        int count = buffer.getInt();
        int values = buffer.getInt();
        boolean possible = count >= 0 && values >= 0 && values <= buffer.remaining() / Double.BYTES;
        if (!possible || (long) count * bytes(values) != buffer.remaining()) {
            throw new IllegalArgumentException(
                    count + " contributions of " + values + " values in " + buffer.remaining() + " bytes");
        }
        List<Contribution> contributions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long weight = buffer.getLong();
            double[] own = new double[values];
            buffer.asDoubleBuffer().get(own);
            buffer.position(buffer.position() + values * Double.BYTES);
            contributions.add(new Contribution(weight, own));
        }
        return new SegmentHeader(token, averaging, step, index, length, contributions);
    }

    /** Throws an IllegalArgumentException where a header says something else than what has to come next. */
    static void requireDue(String what, long due, long sent) {
        if (due != sent) {
            throw new IllegalArgumentException(what + " " + sent + " came where " + due + " was due");
        }
    }

    /** Of a contribution of so many values; headers are small. */
    private static int bytes(int values) {
        return Long.BYTES + values * Double.BYTES;
    }
}
