package io.github.sparkcnn.numpy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.Handover;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.ChecksumVerifyingInputStream;

/** The arrays in an {@code .npz}, found by the zip's directory at its end as NumPy finds them, and read one by one. */
public final class NpzArchive implements Closeable {

    private static final String SUFFIX = ".npy";
    /** Deflate makes at most so many bytes of one. */
    private static final long MOST_FOR_A_BYTE = 1032;

    private final String source;
    private final ZipFile zip;
    private final Map<String, ZipArchiveEntry> entries = new LinkedHashMap<>();

    private NpzArchive(String source, ZipFile zip) {
        this.source = source;
        this.zip = zip;
    }

    /**
     * Opens an archive; it closes the channel, which is closed at once where it is none.
     *
     * @param source the file's path, for messages
     * @throws UserException where it is no zip of {@code .npy} files
     */
    public static NpzArchive open(SeekableByteChannel channel, String source) {
        try {
            return Handover.of(channel, file -> {
                long bytes = file.size();
                NpzArchive archive = new NpzArchive(source, new ZipFile(file, source, UTF_8.name(), true));
                Collections.list(archive.zip.getEntriesInPhysicalOrder()).forEach(entry -> archive.add(entry, bytes));
                return archive;
            });
        } catch (IOException | IllegalArgumentException e) { // the latter for offsets that lie outside
            throw damaged(source, "it is no zip of NumPy arrays, or is damaged (" + Visible.firstLine(e) + ")");
        }
    }

    /** Refuses what is not there: who allocates believes the size. */
    private void add(ZipArchiveEntry entry, long bytes) {
        String name = entry.getName();
        long stored = entry.getCompressedSize();
        if (stored > bytes || entry.getSize() > stored * MOST_FOR_A_BYTE) {
            throw damaged(
                    source, "its directory says " + entry.getSize() + " bytes of " + name + ", stored in " + stored);
        }
        if (!name.endsWith(SUFFIX)) {
            throw damaged(source, "it holds " + name + ", which is no NumPy array");
        }
        entries.put(name.substring(0, name.length() - SUFFIX.length()), entry);
    }

    /** The arrays' names in the order of the file. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** The bytes of an array with its header, as the directory says. */
    public long size(String name) {
        return entries.get(name).getSize();
    }

    /** Opens an array from its header on; the end checks its sum. */
    public InputStream open(String name) throws IOException {
        ZipArchiveEntry entry = entries.get(name);
        return new BufferedInputStream(
                new ChecksumVerifyingInputStream(
                        new CRC32(), zip.getInputStream(entry), entry.getSize(), entry.getCrc()),
                1 << 16);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    static UserException damaged(String source, String reason) {
        return new UserException("read " + source, reason, "Write it again with numpy.savez");
    }
}
