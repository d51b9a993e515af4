package io.github.sparkcnn.model.npz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.ChecksumVerifyingInputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** NumPy's {@code .npz}: a zip of {@code .npy} files, each named as its array. Arrays of Python objects are refused. */
public final class NpzFile {

    private static final String SUFFIX = ".npy";

    /** The same arrays give the same bytes: zip's first day. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private NpzFile() {}

    /**
     * Reads all arrays, in the order of the file.
     *
     * @param source the file's path, for messages
     * @throws UserException when it is no such file, or an array is not of float32 or int64
     */
    public static Map<String, NpyArray> read(InputStream in, String source) {
        byte[] bytes;
        try {
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source + ": " + e.getMessage(), e);
        }
        // By the directory at the end: what was written to a pipe has no sizes before its entries.
        try (ZipFile zip = new ZipFile(new SeekableInMemoryByteChannel(bytes), source, UTF_8.name(), true)) {
            return arrays(zip, source);
        } catch (IOException e) { // only the bytes can be wrong: they are in memory
            throw damaged(source, "it is no zip of NumPy arrays, or is damaged (" + e.getMessage() + ")");
        }
    }

    private static Map<String, NpyArray> arrays(ZipFile zip, String source) throws IOException {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
            if (!entry.getName().endsWith(SUFFIX)) {
                throw damaged(source, "it holds " + entry.getName() + ", which is no NumPy array");
            }
            String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
            try (InputStream content = new ChecksumVerifyingInputStream(
                    new CRC32(), zip.getInputStream(entry), entry.getSize(), entry.getCrc())) {
                arrays.put(name, NpyFormat.read(content, source + ", array " + name));
                content.transferTo(OutputStream.nullOutputStream()); // the sum is checked at the end
            }
        }
        return arrays;
    }

    /** Writes all arrays in the map's order; the stream stays open. */
    public static void write(Map<String, NpyArray> arrays, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
            ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            NpyFormat.write(array.getValue(), zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    private static UserException damaged(String source, String reason) {
        return new UserException("read " + source, reason, "Write it again with numpy.savez");
    }
}
