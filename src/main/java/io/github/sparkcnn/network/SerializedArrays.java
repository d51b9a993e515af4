package io.github.sparkcnn.network;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The arrays in a {@code model.zip}: what ND4J would make room for, whatever their headers say, before it reads on. An array is two
 * buffers, its shape and its values, each with a header: mode of allocation, length (eight bytes), type (BaseDataBuffer.write of
 * ND4J 1.0.0-M2.1).
 */
final class SerializedArrays {

    /** Rank, at most 32 sides and strides, and three more. */
    private static final long LONGEST_SHAPE = 2 * 32 + 4;

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
        if (shape.length() > LONGEST_SHAPE) {
            throw new IOException(name + " declares a shape of " + shape.length() + " numbers");
        }
        in.skipNBytes(shape.length() * shape.width());
        Header values = Header.read(name, in);
        long bytes = in.transferTo(OutputStream.nullOutputStream());
        if (values.length() > bytes / values.width() || values.length() * values.width() != bytes) {
            throw new IOException(name + " declares " + values.length() + " values of " + values.width()
                    + " bytes, and " + bytes + " bytes follow");
        }
    }

    private record Header(long length, int width) {
        static Header read(String name, DataInputStream in) throws IOException {
            String mode = in.readUTF();
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
