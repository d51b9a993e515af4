package io.github.sparkcnn.numpy;

import io.github.sparkcnn.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The beginning of a {@code .npy} file: a magic number, a version, a header that is a Python dictionary (numpy.lib.format, versions
 * 1.0 and 2.0). What it says is not believed: who allocates asks first what the file holds.
 *
 * @param type of the values, as NumPy describes it: {@code |u1}
 * @param fortran whether the first index runs fastest
 * @param shape empty for a single value
 * @param length of the header in the file, in bytes
 */
public record NpyHeader(String type, boolean fortran, List<Long> shape, int length) implements Serializable {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST = 1 << 16;
    private static final int ALIGNMENT = 64;
    private static final Pattern DESCRIPTION = Pattern.compile("'descr': *('[^']*'|\\[)");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");

    public NpyHeader {
        shape = List.copyOf(shape);
    }

    /**
     * Reads up to the first value.
     *
     * @param refusals of the file that is read
     */
    public static NpyHeader read(InputStream in, Refusals refusals) throws IOException {
        if (!Arrays.equals(bytes(in, MAGIC.length, refusals), MAGIC)) {
            throw refusals.of("it is no NumPy array");
        }
        int version = bytes(in, 2, refusals)[0];
        if (version != 1 && version != 2) {
            throw refusals.of("it has NumPy's format version " + version + ", not 1 or 2");
        }
        int width = version == 1 ? Short.BYTES : Integer.BYTES;
        ByteBuffer number = ByteBuffer.wrap(bytes(in, width, refusals)).order(ByteOrder.LITTLE_ENDIAN);
        long length = version == 1 ? number.getShort() & 0xffff : number.getInt() & 0xffffffffL;
        if (length > LONGEST) {
            throw refusals.of("its header has " + length + " bytes");
        }
        String header = new String(bytes(in, (int) length, refusals), StandardCharsets.ISO_8859_1);
        return new NpyHeader(
                field(DESCRIPTION, header, refusals).replace("'", ""),
                field(FORTRAN, header, refusals).equals("True"),
                shape(field(SHAPE, header, refusals), refusals),
                MAGIC.length + 2 + width + (int) length);
    }

    private static List<Long> shape(String sides, Refusals refusals) {
        try {
            return Stream.of(sides.split(","))
                    .map(String::trim)
                    .filter(side -> !side.isEmpty())
                    .map(Long::parseLong)
                    .toList();
        } catch (NumberFormatException e) {
            throw refusals.of("its shape is (" + sides + ")");
        }
    }

    private static String field(Pattern pattern, String header, Refusals refusals) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw refusals.of("its header is " + header.trim());
        }
        return matcher.group(1);
    }

    static byte[] bytes(InputStream in, int count, Refusals refusals) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw refusals.of("it ends before its values do");
        }
        return bytes;
    }

    /** The number of values, at most {@link Long#MAX_VALUE}. */
    public long count() {
        return product(shape);
    }

    /** The product, at most {@link Long#MAX_VALUE}. */
    static long product(List<Long> sides) {
        long product = 1;
        for (long side : sides) {
            long high = Math.multiplyHigh(product, side);
            product = high == 0 && product * side >= 0 ? product * side : Long.MAX_VALUE;
            if (side == 0) {
                return 0;
            }
        }
        return product;
    }

    /** The bytes of the header, with what aligns the values; in C order. */
    static byte[] bytes(String type, int... shape) {
        String sides = String.join(
                ", ", Arrays.stream(shape).mapToObj(Integer::toString).toList());
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + sides
                + (shape.length == 1 ? ",), }" : "), }");
        int unpadded = MAGIC.length + 4 + header.length() + 1;
        String padded = header + " ".repeat((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT) + "\n";
        return ByteBuffer.allocate(MAGIC.length + 4 + padded.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) padded.length())
                .put(padded.getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    /** As Python writes a tuple: {@code (3, 28, 28)}. */
    public String shapeText() {
        String sides = String.join(", ", shape.stream().map(String::valueOf).toList());
        return "(" + sides + (shape.size() == 1 ? ",)" : ")");
    }

    /**
     * The user's mistakes in one file.
     *
     * @param source the file's path
     * @param remedy what to do about any of them
     */
    public record Refusals(String source, String remedy) implements Serializable {

        /** The mistake for this reason. */
        public UserException of(String reason) {
            return new UserException("read " + source, reason, remedy);
        }
    }
}
