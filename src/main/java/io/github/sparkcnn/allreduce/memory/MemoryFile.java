package io.github.sparkcnn.allreduce.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** The file behind shared memory: a page with its token, then slots of equal length. Nobody but its user can read it. */
final class MemoryFile {
    /** Where slots begin: they lie on pages of their own. */
    static final int HEAD = 1 << 12;

    private static final Set<PosixFilePermission> PERMISSIONS = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<?> PRIVATE = PosixFilePermissions.asFileAttribute(PERMISSIONS);
    /** Where such files are made and looked for: no disk, to which the system would write them. Other systems have none. */
    static final Path FOLDER = Path.of("/dev/shm");

    private MemoryFile() {}

    /** Makes the file and maps it; leaves none behind where that fails. */
    static MappedByteBuffer create(Path file, MemoryOffer offer, int slotBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PRIVATE)) {
            // Written, not only made so long: where there is no room this is an exception, and not a signal that
            // ends the process when a page is first touched.
            write(channel, ByteBuffer.wrap(Arrays.copyOf(offer.tokenBytes(), HEAD)));
            ByteBuffer empty = ByteBuffer.allocate(slotBytes);
            for (int slot = 0; slot < offer.slots(); slot++) {
                write(channel, empty.clear());
            }
            return channel.map(MapMode.READ_WRITE, 0, channel.size());
        } catch (IOException | RuntimeException e) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Maps somebody else's file; throws an IOException where it is another than the offered one. */
    static MappedByteBuffer open(Path file, MemoryOffer offer, int slotBytes) throws IOException {
        // Before it is opened: to open a pipe would wait.
        PosixFileAttributes attributes =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        long size = HEAD + (long) offer.slots() * slotBytes;
        if (!attributes.isRegularFile() || !attributes.permissions().equals(PERMISSIONS) || attributes.size() != size) {
            throw new IOException(file + " is none of ours");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer token = ByteBuffer.allocate(MemoryOffer.TOKEN_BYTES);
            channel.read(token); // all at once: they are the first of a file that is long enough
            if (!Arrays.equals(token.array(), offer.tokenBytes())) {
                throw new IOException(file + " has another token");
            }
            return channel.map(MapMode.READ_ONLY, 0, size);
        }
    }
}
