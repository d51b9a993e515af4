package io.github.sparkcnn.data.folder;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A tar's headers one after the other, with the long names of GNU and of POSIX. Read here, because Commons Compress 1.23, which Spark
 * 3.5 brings, needs hours for a time of 1e99999999 seconds in a file's header (CVE-2023-42503); of its fields only names and sizes
 * matter.
 */
final class TarHeaders {
    /** The longest name that is read. */
    private static final long MOST_EXTENDED = 1 << 20;

    private static final char LONG_NAME = 'L';
    private static final char LONG_LINK = 'K';
    private static final char EXTENDED = 'x';
    private static final char EXTENDED_FOR_ALL = 'g';

    private final InputStream in;
    private final long length;
    private long position;
    private long next;

    /**
     * From the beginning of an archive.
     *
     * @param length of the archive in bytes
     */
    TarHeaders(InputStream in, long length) {
        this.in = in;
        this.length = length;
    }

    /** Where the bytes of the file begin whose header was the last. */
    long position() {
        return position;
    }

    /** The header of the next file, folder or link; nothing at the end. */
    Optional<TarHeader> next() throws IOException {
        Map<String, String> extended = new HashMap<>();
        for (Optional<TarHeader> found = block(); found.isPresent(); found = block()) {
            TarHeader header = found.get();
            switch (header.type()) {
                case LONG_NAME -> extended.put("path", untilZero(content(header)));
                case LONG_LINK -> extended.put("linkpath", untilZero(content(header)));
                case EXTENDED -> read(content(header), extended);
                case EXTENDED_FOR_ALL -> content(header);
                default -> {
                    return Optional.of(named(header, extended));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<TarHeader> block() throws IOException {
        in.skipNBytes(next - position);
        position = next;
        byte[] block = in.readNBytes(TarHeader.BLOCK);
        position += block.length;
        if (block.length == 0 || isZero(block)) {
            return Optional.empty();
        }
        if (block.length < TarHeader.BLOCK) {
            throw new IOException("it is cut short in a header");
        }
        TarHeader header = TarHeader.of(block);
        passOver(header.size());
        return Optional.of(header);
    }

    private void passOver(long size) throws IOException {
        if (size > length - position) {
            throw new IOException("it is cut short: " + size + " bytes follow a header by its word, and "
                    + (length - position) + " are there");
        }
        next = Math.min(length, position + (size + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK);
    }

    private byte[] content(TarHeader header) throws IOException {
        if (header.size() > MOST_EXTENDED) {
            throw new IOException("a name has " + header.size() + " bytes");
        }
        byte[] content = in.readNBytes((int) header.size());
        position += content.length;
        return content;
    }

    private TarHeader named(TarHeader header, Map<String, String> extended) throws IOException {
        long size = header.size();
        String said = extended.getOrDefault("size", "");
        if (said.matches("\\d{1,18}")) {
            size = Long.parseLong(said);
            passOver(size);
        }
        return new TarHeader(
                header.type(),
                extended.getOrDefault("path", header.name()),
                extended.getOrDefault("linkpath", header.link()),
                size);
    }

    /** Records of a length, a key and a value: {@code 17 path=cat/a.png} and a line's end. */
    private static void read(byte[] bytes, Map<String, String> extended) throws IOException {
        int at = 0;
        while (at < bytes.length && bytes[at] != 0) {
            int blank = at;
            int count = 0;
            while (blank < bytes.length && bytes[blank] >= '0' && bytes[blank] <= '9' && count <= MOST_EXTENDED) {
                count = count * 10 + bytes[blank++] - '0';
            }
            int end = at + count - 1;
            if (blank == at || end <= blank || end >= bytes.length || bytes[blank] != ' ' || bytes[end] != '\n') {
                throw new IOException("an extended header is no list of keys and values");
            }
            String record = TarHeader.text(Arrays.copyOfRange(bytes, blank + 1, end));
            int equals = record.indexOf('=');
            if (equals > 0) {
                extended.put(record.substring(0, equals), record.substring(equals + 1));
            }
            at = end + 1;
        }
    }

    private static String untilZero(byte[] name) {
        String text = TarHeader.text(name);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static boolean isZero(byte[] block) {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
