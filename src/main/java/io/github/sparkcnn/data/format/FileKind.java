package io.github.sparkcnn.data.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a file is by its first bytes, in words: what people name in place of their data, so that a refusal can say so. The marks are
 * those of {@code file}(1).
 */
final class FileKind {

    /** Bytes that all files of a kind have at a place. */
    @SuppressWarnings("ArrayRecordComponent") // a constant, compared by nobody
    private record Mark(int at, String words, int... bytes) {}

    private static final List<Mark> MARKS = List.of(
            new Mark(0, "a PNG image", 0x89, 'P', 'N', 'G'),
            new Mark(0, "a JPEG image", 0xff, 0xd8, 0xff),
            new Mark(0, "a GIF image", 'G', 'I', 'F', '8'),
            new Mark(8, "a WebP image", 'W', 'E', 'B', 'P'),
            new Mark(0, "a TIFF image", 'I', 'I', '*', 0),
            new Mark(0, "a TIFF image", 'M', 'M', 0, '*'),
            new Mark(0, "a Parquet file", 'P', 'A', 'R', '1'),
            new Mark(0, "an ORC file", 'O', 'R', 'C', 0x0a),
            new Mark(0, "an Avro file", 'O', 'b', 'j', 1),
            new Mark(0, "an HDF5 file", 0x89, 'H', 'D', 'F'),
            new Mark(0, "a NumPy array", 0x93, 'N', 'U', 'M', 'P', 'Y'),
            new Mark(0, "a MATLAB file", 'M', 'A', 'T', 'L', 'A', 'B', ' ', '5'),
            new Mark(0, "a PDF document", '%', 'P', 'D', 'F'),
            new Mark(0, "an SQLite database", 'S', 'Q', 'L', 'i', 't', 'e', ' '),
            new Mark(0, "a zip archive", 'P', 'K', 3, 4),
            new Mark(0, "an empty zip archive", 'P', 'K', 5, 6),
            new Mark(0, "a gzip stream in another one", 0x1f, 0x8b),
            new Mark(0, "a 7z archive", '7', 'z', 0xbc, 0xaf),
            new Mark(0, "a RAR archive", 'R', 'a', 'r', '!', 0x1a),
            new Mark(0, "an xz stream", 0xfd, '7', 'z', 'X', 'Z'),
            new Mark(0, "a bzip2 stream", 'B', 'Z', 'h'),
            new Mark(0, "a Zstandard stream", 0x28, 0xb5, 0x2f, 0xfd),
            new Mark(257, "a tar archive", 'u', 's', 't', 'a', 'r'),
            new Mark(0, "text in UTF-16", 0xff, 0xfe),
            new Mark(0, "text in UTF-16", 0xfe, 0xff));

    private static final List<Integer> PICKLE_PROTOCOLS = List.of(2, 3, 4, 5);

    private FileKind() {}

    static Optional<String> of(byte[] start) {
        return MARKS.stream()
                .filter(mark -> startsWith(start, mark.at, mark.bytes))
                .map(Mark::words)
                .findFirst()
                .or(() -> pickle(start))
                .or(() -> marked(start))
                .or(() -> wide(start));
    }

    private static Optional<String> pickle(byte[] start) {
        boolean has = start.length > 1 && (start[0] & 0xff) == 0x80 && PICKLE_PROTOCOLS.contains((int) start[1]);
        return has ? Optional.of("a pickle of Python's") : Optional.empty();
    }

    /** Text that says what it is. */
    private static Optional<String> marked(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return Optional.of("a web page (HTML)");
        }
        if (text.startsWith("<?xml")) {
            return Optional.of("an XML document");
        }
        return text.startsWith("version https://git-lfs")
                ? Optional.of("a pointer of Git LFS that stands for a file elsewhere")
                : Optional.empty();
    }

    /** UTF-16 without a mark: of digits and commas one byte of two is 0. */
    private static Optional<String> wide(byte[] start) {
        int pairs = Math.min(32, start.length / 2);
        long letters = IntStream.range(0, pairs)
                .filter(i -> isWideLetter(start[2 * i], start[2 * i + 1]))
                .count();
        return pairs >= 4 && letters == pairs ? Optional.of("text in UTF-16") : Optional.empty();
    }

    private static boolean isWideLetter(byte one, byte other) {
        return Math.min(one, other) == 0 && Math.max(one, other) >= '\t';
    }

    /** Whether these bytes stand at this place; each number a byte. */
    static boolean startsWith(byte[] start, int at, int... bytes) {
        boolean equal = start.length >= at + bytes.length;
        for (int i = 0; equal && i < bytes.length; i++) {
            equal = (start[at + i] & 0xff) == bytes[i];
        }
        return equal;
    }

    /** Whether these are letters, and not marked as something else. */
    static boolean isText(byte[] start) {
        for (byte letter : start) {
            boolean control = letter >= 0 && letter < ' ' && "\t\n\f\r".indexOf(letter) < 0;
            if (control) {
                return false;
            }
        }
        return of(start).isEmpty();
    }

    /** For messages where nothing else is known. */
    static String bytes(byte[] start) {
        StringBuilder text = new StringBuilder();
        for (byte value : Arrays.copyOf(start, Math.min(8, start.length))) {
            text.append(String.format(Locale.ROOT, " %02x", value & 0xff));
        }
        return text.toString().strip();
    }
}
