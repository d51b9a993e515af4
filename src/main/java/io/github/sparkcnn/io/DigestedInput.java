package io.github.sparkcnn.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;

/** A file's bytes, summed up as they are read: one reading gives both the content and its {@link DataFile}. */
public final class DigestedInput extends FunnelInput {
    private final String path;
    private final Md5 md5 = new Md5();
    private long bytes;

    private DigestedInput(String path, InputStream in) {
        super(in);
        this.path = path;
    }

    /** Opens the file at its beginning. */
    public static DigestedInput open(Storage storage, Path file) {
        return new DigestedInput(Storage.display(file), storage.open(file));
    }

    @Override
    public int read(byte[] buffer, int from, int most) throws IOException {
        int read = in.read(buffer, from, most);
        if (read > 0) {
            md5.add(buffer, from, read);
            bytes += read;
        }
        return read;
    }

    @Override
    public String toString() {
        return path;
    }

    /** Reads what is left, such as what follows a compressed stream, and tells the sum of the whole file. */
    public DataFile finish() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return new DataFile(path, bytes, md5.hex());
    }
}
