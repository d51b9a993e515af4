package io.github.sparkcnn.io;

import io.github.sparkcnn.FileException;
import java.io.IOException;
import java.io.Serializable;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A file that was read, for the manifest.
 *
 * @param md5 in lower-case hexadecimal, as the official data sets publish it
 */
public record DataFile(String path, long bytes, String md5) implements Serializable {

    /** Reads the file once. */
    public static DataFile of(Storage storage, Path file) {
        try (DigestedInput in = DigestedInput.open(storage, file)) {
            return in.finish();
        } catch (IOException e) {
            throw new FileException("read", file, e);
        }
    }

    /** What was made in parts, each with its digest: the MD5 of the parts' MD5s. The only part is the whole. */
    public static DataFile joined(List<DataFile> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        Md5 md5 = new Md5();
        parts.forEach(part -> md5.add(HexFormat.of().parseHex(part.md5)));
        return new DataFile(
                parts.get(0).path, parts.stream().mapToLong(DataFile::bytes).sum(), md5.hex());
    }
}
