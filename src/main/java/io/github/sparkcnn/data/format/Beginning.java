package io.github.sparkcnn.data.format;

import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What a path shows before its images are read: a file's first bytes, or what is in a folder. Read once, and shown to every format
 * that is asked whether this is its own.
 */
public final class Beginning {
    private static final int BYTES = 4096;
    private static final int NAME_AT = 30;

    private final Storage storage;
    private final FileStatus root;
    private final byte[] start;
    private final boolean compressed;
    private final List<FileStatus> content;

    private Beginning(Storage storage, FileStatus root, byte[] start, boolean compressed, List<FileStatus> content) {
        this.storage = storage;
        this.root = root;
        this.start = start;
        this.compressed = compressed;
        this.content = content;
    }

    /** Looks at a file or folder that is there. */
    public static Beginning of(Storage storage, FileStatus root) {
        if (root.isDirectory()) {
            return new Beginning(storage, root, new byte[0], false, storage.list(root.getPath()));
        }
        byte[] start = start(storage, root.getPath(), false);
        boolean gzip = start.length > 1 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
        return new Beginning(storage, root, gzip ? start(storage, root.getPath(), true) : start, gzip, List.of());
    }

    private static byte[] start(Storage storage, Path file, boolean gzip) {
        try (InputStream bytes = storage.open(file)) {
            return gzip ? inGzip(bytes) : bytes.readNBytes(BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** As far as the stream is whole; who reads it says where it is damaged. */
    private static byte[] inGzip(InputStream bytes) {
        byte[] start = new byte[BYTES];
        int read = 0;
        try {
            InputStream in = new GZIPInputStream(bytes);
            for (int more = 0; more >= 0 && read < BYTES; more = in.read(start, read, BYTES - read)) {
                read += more;
            }
        } catch (IOException e) {
            return Arrays.copyOf(start, read);
        }
        return Arrays.copyOf(start, read);
    }

    /** The last part of the path. */
    public String name() {
        return root.getPath().getName();
    }

    /** The file or folder. */
    public FileStatus root() {
        return root;
    }

    /** Where it lies. */
    public Storage storage() {
        return storage;
    }

    /** Whether it is a folder. */
    public boolean isFolder() {
        return root.isDirectory();
    }

    /** Whether the file is a gzip stream, whatever its name; {@link #byteAt} then counts in what is inside. */
    public boolean isCompressed() {
        return compressed;
    }

    /** What is in the folder in the order of the names, without hidden ones; nothing in a file. */
    public List<FileStatus> content() {
        return content;
    }

    /** The bytes from 0 to 255 that the file begins with, some thousand at most; −1 beyond them. */
    public int byteAt(int position) {
        return position < start.length ? start[position] & 0xff : -1;
    }

    /** Whether the file begins so; each number a byte. */
    public boolean startsWith(int... bytes) {
        return FileKind.startsWith(start, 0, bytes);
    }

    /** Whether this is among the first bytes, each a letter of ISO 8859-1. */
    public boolean contains(String letters) {
        return new String(start, StandardCharsets.ISO_8859_1).contains(letters);
    }

    /** Whether the file is text in which a byte stands for a letter, as ASCII and UTF-8 write it. */
    public boolean isText() {
        return !isFolder() && FileKind.isText(start);
    }

    /** For messages: the very first bytes in hexadecimal. */
    String firstBytes() {
        return FileKind.bytes(start);
    }

    /** Whether there is nothing in the file. */
    boolean isEmpty() {
        return !isFolder() && start.length == 0;
    }

    /** The name of the first file in a zip archive (PKWARE's APPNOTE, 4.3.7: its length at 26, itself at 30). */
    public Optional<String> firstZipped() {
        if (!startsWith('P', 'K', 3, 4) || start.length < NAME_AT) {
            return Optional.empty();
        }
        int length = byteAt(26) + 256 * byteAt(27);
        byte[] name = Arrays.copyOfRange(start, NAME_AT, Math.min(start.length, NAME_AT + length));
        return Optional.of(new String(name, StandardCharsets.UTF_8));
    }

    /** What the file is, in words as {@code a PNG image}; empty for plain text and for bytes that have no mark. */
    public Optional<String> kind() {
        return FileKind.of(start);
    }

    /** What is at this name in the folder, as far as it is there. */
    public Optional<Beginning> in(String name) {
        return content.stream()
                .filter(entry -> entry.getPath().getName().equals(name))
                .map(entry -> of(storage, entry))
                .findFirst();
    }
}
