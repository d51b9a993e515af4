package io.github.sparkcnn.data.folder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;

/**
 * A block of 512 bytes that stands before each file of a tar.
 *
 * @param type a file is {@code '0'}, or 0 in old archives
 * @param size of what follows, in bytes
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">POSIX, ustar Interchange Format</a>
 */
record TarHeader(char type, String name, String link, long size) {
    static final int BLOCK = 512;

    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_END = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;

    /** Of a block that is not all zeros. */
    static TarHeader of(byte[] block) throws IOException {
        int sum = 0;
        int signed = 0; // as writers on systems with signed characters have it
        for (int i = 0; i < BLOCK; i++) {
            byte summand = i >= CHECKSUM && i < CHECKSUM_END ? (byte) ' ' : block[i];
            sum += summand & 0xff;
            signed += summand;
        }
        long written = number(block, CHECKSUM, 8);
        if (written != sum && written != signed) {
            throw new IOException("the checksum of a header is wrong");
        }
        String name = text(block, 0, 100);
        // GNU's magic is followed by a blank, and other things stand in the place of the prefix.
        String prefix = block[MAGIC + 5] == 0 ? text(block, PREFIX, 155) : "";
        return new TarHeader(
                (char) block[CHECKSUM_END],
                prefix.isEmpty() ? name : prefix + "/" + name,
                text(block, 157, 100),
                number(block, 124, 12));
    }

    boolean isFolder() {
        return type == '5' || (isPlain() && name.endsWith("/"));
    }

    boolean isFile() {
        return isPlain() && !name.endsWith("/");
    }

    /** Type 7 is a file that lies in one piece. */
    private boolean isPlain() {
        return type == '0' || type == 0 || type == '7';
    }

    /** In octal digits, or where the first bit is set, in binary. */
    private static long number(byte[] block, int from, int length) throws IOException {
        if ((block[from] & 0x80) != 0) {
            long value = block[from] & 0x7f;
            for (int i = from + 1; i < from + length; i++) {
                if (value >> 55 != 0) {
                    throw new IOException("a size has more than 64 bits");
                }
                value = (value << 8) | (block[i] & 0xff);
            }
            return value;
        }
        String digits = text(block, from, length).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw new IOException("a header has '" + digits + "' for a number");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static String text(byte[] block, int from, int length) {
        int to = from;
        while (to < from + length && block[to] != 0) {
            to++;
        }
        return text(Arrays.copyOfRange(block, from, to));
    }

    /** UTF-8, or where it is none, the bytes as letters. */
    static String text(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        return Arrays.equals(text.getBytes(UTF_8), bytes) ? text : new String(bytes, ISO_8859_1);
    }
}
