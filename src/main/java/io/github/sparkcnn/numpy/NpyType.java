package io.github.sparkcnn.numpy;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of an array's values, as {@code <f4}: byte order, kind, bytes a value.
 *
 * @param kind b, i, u or f: booleans, integers with and without sign, floats
 */
public record NpyType(boolean bigEndian, char kind, int bytes) implements Serializable {

    private static final Pattern DESCRIPTION = Pattern.compile("([<>|=])([biuf])([1248])");

    /** Of numbers; empty for texts, dates, records and Python's objects. */
    public static Optional<NpyType> of(String description) {
        Matcher matcher = DESCRIPTION.matcher(description);
        return matcher.matches()
                ? Optional.of(new NpyType(
                        matcher.group(1).equals(">"), matcher.group(2).charAt(0), Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    /** Whether values are bytes without sign. */
    public boolean isUnsignedByte() {
        return kind == 'u' && bytes == 1;
    }

    /** Whether values are whole by their type. */
    public boolean isWhole() {
        return kind == 'i' || kind == 'u';
    }

    /** The value at a place of the array's bytes; whole numbers are exact below 2⁵³. */
    public double value(byte[] array, int index) {
        ByteBuffer value = ByteBuffer.wrap(array, index * bytes, bytes)
                .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return switch (bytes) {
            case 1 -> kind == 'i' ? value.get() : value.get() & 0xff;
            case 2 -> kind == 'i' ? value.getShort() : kind == 'f' ? half(value.getShort()) : value.getShort() & 0xffff;
            case 4 -> kind == 'i' ? value.getInt() : kind == 'f' ? value.getFloat() : value.getInt() & 0xffffffffL;
            default -> kind == 'f' ? value.getDouble() : value.getLong();
        };
    }

    /** IEEE 754's binary16. */
    private static double half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        double size = exponent == 0
                ? Math.scalb((double) fraction, -24)
                : exponent == 0x1f
                        ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                        : Math.scalb(1024.0 + fraction, exponent - 25);
        return bits < 0 ? -size : size;
    }

    @Override
    public String toString() {
        String name = kind == 'b' ? "bool" : kind == 'f' ? "float" : kind == 'u' ? "uint" : "int";
        return kind == 'b' ? name : name + 8 * bytes;
    }
}
