package io.github.sparkcnn.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** One array of weights as a {@code .npy} file: its {@link NpyHeader}, then the values. */
final class NpyFormat {

    private final InputStream in;
    private final NpyHeader.Refusals refusals;

    private NpyFormat(InputStream in, NpyHeader.Refusals refusals) {
        this.in = in;
        this.refusals = refusals;
    }

    static NpyArray read(InputStream in, String source) throws IOException {
        String remedy = "Write it with numpy.savez from float32 arrays in C or Fortran order";
        return new NpyFormat(in, new NpyHeader.Refusals(source, remedy)).read();
    }

    private NpyArray read() throws IOException {
        NpyHeader header = NpyHeader.read(in, refusals);
        NpyArray.Type type = Arrays.stream(NpyArray.Type.values())
                .filter(known -> known.description.equals(header.type()))
                .findFirst()
                .orElseThrow(() -> refusals.of(
                        "its values have the type " + header.type() + ", not float32 (<f4) or int64 (<i8)"));
        if (header.count() > Integer.MAX_VALUE / type.bytes) {
            throw refusals.of("it has more than 2 GB");
        }
        if (header.shape().stream().anyMatch(side -> side > Integer.MAX_VALUE)) { // of no value, where another is 0
            throw refusals.of("its shape is " + header.shapeText());
        }
        int[] shape = header.shape().stream().mapToInt(Math::toIntExact).toArray();
        float[] values = values(type, (int) header.count());
        return new NpyArray(type, shape, header.fortran() ? toCOrder(shape, values) : values);
    }

    private float[] values(NpyArray.Type type, int count) throws IOException {
        byte[] bytes = NpyHeader.bytes(in, count * type.bytes, refusals);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[count];
        for (int i = 0; i < values.length; i++) {
            values[i] = type == NpyArray.Type.FLOAT32 ? buffer.getFloat() : exact(buffer.getLong());
        }
        return values;
    }

    private float exact(long value) {
        if (Math.abs(value) > 1 << 24) {
            throw refusals.of("its value " + value + " is too large for a float");
        }
        return value;
    }

    private static float[] toCOrder(int[] shape, float[] fortran) {
        float[] c = new float[fortran.length];
        for (int i = 0; i < c.length; i++) {
            int rest = i;
            int position = 0;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                int stride = 1;
                for (int before = 0; before < axis; before++) {
                    stride *= shape[before];
                }
                position += rest % shape[axis] * stride;
                rest /= shape[axis];
            }
            c[i] = fortran[position];
        }
        return c;
    }

    static void write(NpyArray array, OutputStream out) throws IOException {
        ByteBuffer buffer =
                ByteBuffer.allocate(array.values().length * array.type().bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : array.values()) {
            if (array.type() == NpyArray.Type.FLOAT32) {
                buffer.putFloat(value);
            } else {
                buffer.putLong((long) value);
            }
        }
        out.write(NpyHeader.bytes(array.type().description, array.shape()));
        out.write(buffer.array());
    }
}
