package io.github.sparkcnn.model.npz;

import io.github.sparkcnn.UserException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** NumPy's {@code .npz}: a zip of {@code .npy} files, each named as its array. Arrays of Python objects are refused. */
public final class NpzFile {

    private static final String SUFFIX = ".npy";

    /** The same arrays give the same bytes: zip's first day. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int COUNT_AT = 10;

    private NpzFile() {}

    /**
     * Reads all arrays, in the order of the file.
     *
     * @param source the file's path, for messages
     * @throws UserException when it is no such file, or an array is not of float32 or int64
     */
    public static Map<String, NpyArray> read(InputStream in, String source) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        try {
            byte[] bytes = in.readAllBytes();
            ByteBuffer end = end(bytes, source);
            ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes));
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.getName().endsWith(SUFFIX)) {
                    throw damaged(source, "it holds " + entry.getName() + ", which is no NumPy array");
                }
                String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
                arrays.put(name, NpyFormat.read(zip, source + ", array " + name));
                zip.closeEntry(); // checks the sum
            }
            if (end.getShort(COUNT_AT) != arrays.size()) {
                throw damaged(
                        source, "its directory names " + end.getShort(COUNT_AT) + " arrays, not " + arrays.size());
            }
        } catch (ZipException | EOFException e) {
            throw damaged(source, "the zip is damaged (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source, e);
        }
        return arrays;
    }

    /** The record at the end of a zip, which {@link ZipInputStream} does not ask for: it takes a file cut off as a short one. */
    private static ByteBuffer end(byte[] bytes, String source) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < END_SIZE || buffer.getInt(bytes.length - END_SIZE) != END_SIGNATURE) {
            throw damaged(source, "it is no zip of NumPy arrays, or not all of one");
        }
        return buffer.slice(bytes.length - END_SIZE, END_SIZE).order(ByteOrder.LITTLE_ENDIAN);
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
