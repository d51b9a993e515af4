package io.github.sparkcnn.numpy;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** All arrays of an {@code .npz} of weights at once. */
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
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        try (NpzArchive archive = NpzArchive.open(new SeekableInMemoryByteChannel(whole(in, source)), source)) {
            for (String name : archive.names()) {
                try (InputStream array = archive.open(name)) {
                    arrays.put(name, NpyFormat.read(array, source + ", array " + name));
                    array.transferTo(OutputStream.nullOutputStream());
                }
            }
        } catch (IOException e) { // of bytes in memory: what is wrong is in them
            throw NpzArchive.damaged(
                    source, "it is no zip of NumPy arrays, or is damaged (" + Visible.firstLine(e) + ")");
        }
        return arrays;
    }

    private static byte[] whole(InputStream in, String source) {
        try {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new FileException("read", source, e);
        }
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
}
