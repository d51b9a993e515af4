package io.github.sparkcnn.network;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The arrays in a {@code model.zip}: what ND4J would make room for, whatever their headers say, before it reads on. An array is two
 * buffers, its shape and its values, each with a header: mode of allocation, length (eight bytes), type (BaseDataBuffer.write of
 * ND4J 1.0.0-M2.1).
 */
final class SerializedArrays {

    /** Rank, at most 32 sides and strides, and three more. */
    private static final long LONGEST_SHAPE = 2 * 32 + 4;

    private static final Set<String> MODES = Set.of("LONG_SHAPE", "MIXED_DATA_TYPES");

    private SerializedArrays() {}

    /**
     * Refuses an array whose header declares other values than follow.
     *
     * @param name of the array's entry, for messages
     * @throws IOException saying so
     */
    static void requireWhole(String name, InputStream array) throws IOException {
        DataInputStream in = new DataInputStream(array);
        Header shape = Header.read(name, in);
        if (shape.length() > LONGEST_SHAPE || shape.width() < Integer.BYTES) {
            throw new IOException(name + " declares a shape of " + shape.length() + " numbers");
        }
        long[] numbers = new long[(int) shape.length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = shape.width() == Long.BYTES ? in.readLong() : in.readInt();
        }
        Header values = Header.read(name, in);
        long bytes = in.transferTo(OutputStream.nullOutputStream());
        if (values.length() > bytes / values.width() || values.length() * values.width() != bytes) {
            throw new IOException(name + " declares " + values.length() + " values of " + values.width()
                    + " bytes, and " + bytes + " bytes follow");
        }
        requireWithin(name, numbers, values.length());
    }

    /**
     * Refuses a shape beyond its values, of which native code would read and write what lies behind them.
     *
     * @param shape rank, sides, strides, and three more
     */
    private static void requireWithin(String name, long[] shape, long values) throws IOException {
        int rank = (shape.length - 4) / 2;
        boolean within = rank >= 0 && shape.length == 2 * rank + 4 && shape[0] == rank;
        BigInteger count = BigInteger.ONE;
        BigInteger last = BigInteger.ZERO;
        for (int i = 1; within && i <= rank; i++) {
            within = shape[i] > 0 && shape[rank + i] >= 0;
            count = count.multiply(BigInteger.valueOf(shape[i]));
            last = last.add(BigInteger.valueOf(shape[i] - 1).multiply(BigInteger.valueOf(shape[rank + i])));
        }
        if (!within || !count.equals(BigInteger.valueOf(values)) || last.compareTo(count) >= 0) {
            throw new IOException(name + " has " + values + " values and the shape " + Arrays.toString(shape));
        }
    }

    private record Header(long length, int width) {
        static Header read(String name, DataInputStream in) throws IOException {
            String mode = in.readUTF();
            if (!MODES.contains(mode)) { // of older ones ND4J reads the rest in another way
                throw new IOException(name + " is allocated as " + mode + ", as ND4J before 1.0.0 wrote it");
            }
            long length = in.readLong();
            String type = in.readUTF();
            try {
                int width = DataType.valueOf(type).width();
                if (length >= 0 && width > 0) {
                    return new Header(length, width);
                }
            } catch (IllegalArgumentException e) { // a type that ND4J does not know
                throw new IOException(name + " has values of type " + type, e);
            }
            throw new IOException(name + " declares " + length + " values of type " + type + " (" + mode + ")");
        }
    }
}
