package io.github.sparkcnn.model.npz;

import io.github.sparkcnn.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One array as a {@code .npy} file: a magic number, a version, a header that is a Python dictionary, the values
 * (numpy.lib.format, versions 1.0 and 2.0).
 */
final class NpyFormat {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final Pattern DESCRIPTION = Pattern.compile("'descr': *('[^']*'|\\[)");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");

    private final InputStream in;
    private final String source;

    private NpyFormat(InputStream in, String source) {
        this.in = in;
        this.source = source;
    }

    static NpyArray read(InputStream in, String source) throws IOException {
        return new NpyFormat(in, source).read();
    }

    private NpyArray read() throws IOException {
        if (!Arrays.equals(bytes(MAGIC.length), MAGIC)) {
            throw refusal("it is no NumPy array");
        }
        int version = bytes(2)[0];
        if (version != 1 && version != 2) {
            throw refusal("it has NumPy's format version " + version + ", not 1 or 2");
        }
        long length = version == 1 ? buffer(2).getShort() & 0xffff : buffer(4).getInt() & 0xffffffffL;
        if (length > 1 << 16) {
            throw refusal("its header has " + length + " bytes");
        }
        String header = new String(bytes((int) length), StandardCharsets.ISO_8859_1);
        NpyArray.Type type = type(header);
        int[] shape = shape(header);
        float[] values = values(type, shape);
        return field(FORTRAN, header).equals("True")
                ? new NpyArray(type, shape, toCOrder(shape, values))
                : new NpyArray(type, shape, values);
    }

    private NpyArray.Type type(String header) {
        String description = field(DESCRIPTION, header).replace("'", "");
        return Arrays.stream(NpyArray.Type.values())
                .filter(type -> type.description.equals(description))
                .findFirst()
                .orElseThrow(() ->
                        refusal("its values have the type " + description + ", not float32 (<f4) or int64 (<i8)"));
    }

    private int[] shape(String header) {
        try {
            return Arrays.stream(field(SHAPE, header).split(","))
                    .map(String::trim)
                    .filter(side -> !side.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw refusal("its shape is (" + field(SHAPE, header) + ")");
        }
    }

    private float[] values(NpyArray.Type type, int[] shape) throws IOException {
        long count = Arrays.stream(shape).asLongStream().reduce(1, NpyFormat::product);
        if (count * type.bytes > Integer.MAX_VALUE) {
            throw refusal("it has more than 2 GB");
        }
        ByteBuffer buffer = buffer((int) count * type.bytes);
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = type == NpyArray.Type.FLOAT32 ? buffer.getFloat() : exact(buffer.getLong());
        }
        return values;
    }

    private static long product(long a, long b) {
        return Math.min(a * b, Integer.MAX_VALUE + 1L);
    }

    private float exact(long value) {
        if (Math.abs(value) > 1 << 24) {
            throw refusal("its value " + value + " is too large for a float");
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

    private String field(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw refusal("its header is " + header.trim());
        }
        return matcher.group(1);
    }

    private ByteBuffer buffer(int count) throws IOException {
        return ByteBuffer.wrap(bytes(count)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw refusal("it ends before its values do");
        }
        return bytes;
    }

    private UserException refusal(String reason) {
        return new UserException(
                "read " + source, reason, "Write it with numpy.savez from float32 arrays in C or Fortran order");
    }

    static void write(NpyArray array, OutputStream out) throws IOException {
        String sides = String.join(
                ", ", Arrays.stream(array.shape()).mapToObj(Integer::toString).toList());
        String header = "{'descr': '" + array.type().description + "', 'fortran_order': False, 'shape': (" + sides
                + (array.shape().length == 1 ? ",), }" : "), }");
        int unpadded = MAGIC.length + 4 + header.length() + 1;
        String padded = header + " ".repeat((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT) + "\n";
        ByteBuffer buffer = ByteBuffer.allocate(
                        MAGIC.length + 4 + padded.length() + array.values().length * array.type().bytes)
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) padded.length());
        buffer.put(padded.getBytes(StandardCharsets.ISO_8859_1));
        for (float value : array.values()) {
            if (array.type() == NpyArray.Type.FLOAT32) {
                buffer.putFloat(value);
            } else {
                buffer.putLong((long) value);
            }
        }
        out.write(buffer.array());
    }
}
