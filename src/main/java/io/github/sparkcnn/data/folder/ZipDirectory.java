package io.github.sparkcnn.data.folder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;

/**
 * A zip's central directory, by which a task reads its part alone; with the 64-bit records of archives of more than 65,535 files
 * or 4 GB.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE 6.3.10, 4.3.12 to 4.3.16 and 4.5.3</a>
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END64_PLACE = 0x07064b50;
    private static final int END64 = 0x06064b50;
    private static final int ENTRY = 0x02014b50;
    private static final int END_BYTES = 22;
    private static final int PLACE_BYTES = 20;
    private static final int MOST_COMMENT = 0xffff;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int IS_ENCRYPTED = 1;
    private static final int IS_UTF8 = 1 << 11;
    private static final long IN_64_BITS = 0xffffffffL;

    private final Storage storage;
    private final FileStatus file;

    private ZipDirectory(Storage storage, FileStatus file) {
        this.storage = storage;
        this.file = file;
    }

    /** The files of an archive. */
    static Tree of(Storage storage, FileStatus file) {
        try {
            return new ZipDirectory(storage, file).read();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw BadImages.in(file.getPath(), "its zip directory is damaged", "Fetch or write the archive again");
        } catch (IOException e) {
            throw new FileException("read", file.getPath(), e);
        }
    }

    private Tree read() throws IOException {
        long tailStart = Math.max(0, file.getLen() - END_BYTES - MOST_COMMENT - PLACE_BYTES);
        ByteBuffer tail = bytes(tailStart, file.getLen() - tailStart);
        int end = tail.capacity() - END_BYTES;
        while (end >= 0 && tail.getInt(end) != END) {
            end--;
        }
        if (end < 0) {
            throw BadImages.in(
                    file.getPath(), "the zip is cut short: it has no directory at its end", "Fetch it again");
        }
        long length = tail.getInt(end + 12) & IN_64_BITS;
        long start = tail.getInt(end + 16) & IN_64_BITS;
        if (end >= PLACE_BYTES && tail.getInt(end - PLACE_BYTES) == END64_PLACE) {
            ByteBuffer end64 = bytes(tail.getLong(end - PLACE_BYTES + 8), 56);
            if (end64.getInt(0) != END64) {
                throw new IllegalArgumentException("no zip64 record");
            }
            length = end64.getLong(40);
            start = end64.getLong(48);
        }
        return members(bytes(start, length));
    }

    private Tree members(ByteBuffer directory) {
        List<Member> members = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (int at = 0; at < directory.capacity(); ) {
            if (directory.getInt(at) != ENTRY) {
                throw new IllegalArgumentException("no entry");
            }
            int nameLength = directory.getShort(at + 28) & 0xffff;
            int extraLength = directory.getShort(at + 30) & 0xffff;
            int commentLength = directory.getShort(at + 32) & 0xffff;
            Member member = member(directory, at, name(directory, at, nameLength), at + 46 + nameLength, extraLength);
            if (member.name().endsWith("/")) {
                folders.add(member.name().substring(0, member.name().length() - 1));
            } else {
                members.add(member);
            }
            at += 46 + nameLength + extraLength + commentLength;
        }
        return ArchiveNames.tree(members, folders);
    }

    private static String name(ByteBuffer directory, int at, int length) {
        byte[] name = new byte[length];
        directory.get(at + 46, name);
        boolean isUtf8 = (directory.getShort(at + 8) & IS_UTF8) != 0 || isUtf8(name);
        return new String(name, isUtf8 ? UTF_8 : ISO_8859_1);
    }

    /** Info-ZIP writes UTF-8 and does not always say so. */
    private static boolean isUtf8(byte[] name) {
        return Arrays.equals(new String(name, UTF_8).getBytes(UTF_8), name);
    }

    private Member member(ByteBuffer directory, int at, String name, int extra, int extraLength) {
        int method = directory.getShort(at + 10);
        if ((directory.getShort(at + 8) & IS_ENCRYPTED) != 0) {
            throw BadImages.in(file.getPath(), name + " in it is encrypted", "Write the zip without a password");
        }
        if (method != STORED && method != DEFLATED) {
            throw BadImages.in(
                    file.getPath(), name + " in it is compressed by method " + method, "Write the zip with deflate");
        }
        long stored = directory.getInt(at + 20) & IN_64_BITS;
        long size = directory.getInt(at + 24) & IN_64_BITS;
        long position = directory.getInt(at + 42) & IN_64_BITS;
        int field = extra;
        while (field + 4 <= extra + extraLength) {
            if (directory.getShort(field) == 1) {
                int value = field + 4;
                if (size == IN_64_BITS) {
                    size = directory.getLong(value);
                    value += 8;
                }
                if (stored == IN_64_BITS) {
                    stored = directory.getLong(value);
                    value += 8;
                }
                if (position == IN_64_BITS) {
                    position = directory.getLong(value);
                }
            }
            field += 4 + (directory.getShort(field + 2) & 0xffff);
        }
        if (stored < 0 || size < 0 || position < 0 || position > file.getLen()) {
            throw new IllegalArgumentException("outside the file");
        }
        return new Member(
                name, position, stored, size, new Member.Zipped(method == DEFLATED, directory.getInt(at + 16)));
    }

    private ByteBuffer bytes(long from, long length) throws IOException {
        if (from < 0 || length < 0 || from + length > file.getLen() || length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("outside the file");
        }
        try (InputStream in = storage.open(file.getPath(), from)) {
            return ByteBuffer.wrap(in.readNBytes((int) length)).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
