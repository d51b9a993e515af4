package io.github.sparkcnn.data.format;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.io.Storage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Path, Beginning> inside = new HashMap<>();

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
        try (InputStream bytes = storage.open(root.getPath())) {
            byte[] start = bytes.readNBytes(BYTES);
            boolean gzip = FileKind.startsWith(start, 0, 0x1f, 0x8b);
            byte[] content = gzip ? inGzip(new SequenceInputStream(new ByteArrayInputStream(start), bytes)) : start;
            return new Beginning(storage, root, content, gzip, List.of());
        } catch (IOException e) {
            throw new FileException("read", root.getPath(), e);
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

    /** The bytes that the file begins with, some thousand at most. */
    public byte[] start() {
        return start.clone();
    }

    /** Whether the file begins so; each number a byte. */
    public boolean startsWith(int... bytes) {
        return FileKind.startsWith(start, 0, bytes);
    }

    /** Whether these letters of ASCII stand at this place; of a compressed file, of what is inside. */
    public boolean has(int position, String letters) {
        return FileKind.startsWith(start, position, letters.chars().toArray());
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
                .map(this::at)
                .findFirst();
    }

    /** What the folder holds at one of {@link #content}, looked at once. */
    Beginning at(FileStatus entry) {
        return inside.computeIfAbsent(entry.getPath(), path -> of(storage, entry));
    }

    /** The first file in the folder that is not empty, also where it is in folders such as {@code label=3}. */
    public Optional<Beginning> firstFile() {
        return content.stream()
                .filter(entry -> entry.isDirectory() ? entry.getPath().getName().contains("=") : entry.getLen() > 0)
                .findFirst()
                .map(this::at)
                .flatMap(first -> first.isFolder() ? first.firstFile() : Optional.of(first));
    }
}
