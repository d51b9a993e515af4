package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.io.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.LineReader;

/** The lines of a file, or of a part of it, that are not blank; numbered where they are read from the file's beginning. */
final class CsvLines implements Closeable {
    private final Path file;
    private final LineReader reader;
    private final long end;
    private final Text line = new Text();
    private long start;
    private long next;
    private long number;

    private CsvLines(Path file, InputStream bytes, long start, long end) {
        this.file = file;
        this.reader = new LineReader(bytes);
        this.next = start;
        this.end = end;
    }

    /** From the beginning to the end, through what the name says the file is compressed with. */
    static CsvLines open(Storage storage, Path file) {
        return of(file, storage.open(file));
    }

    /** The same of a file that is open. */
    static CsvLines of(Path file, InputStream bytes) {
        CompressionCodec codec = new CompressionCodecFactory(new Configuration()).getCodec(file);
        try {
            return new CsvLines(file, codec == null ? bytes : codec.createInputStream(bytes), 0, Long.MAX_VALUE);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /**
     * The lines of one part. A line belongs to the part in which the byte before it is, the very first to the first.
     *
     * @param bytes from the part's beginning on
     */
    static CsvLines of(CsvPart part, InputStream bytes) {
        CsvLines lines = new CsvLines(part.path(), bytes, part.start(), part.end());
        if (part.start() > 0) {
            lines.readLine();
        }
        return lines;
    }

    /** Goes to the next line that is not blank. */
    boolean next() {
        while (next <= end && readLine()) {
            number++;
            if (start == 0) {
                dropByteOrderMark();
            }
            if (!CsvRow.isBlank(bytes(), length())) {
                return true;
            }
        }
        return false;
    }

    private boolean readLine() {
        try {
            int read = reader.readLine(line);
            start = next;
            next += read;
            return read > 0;
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    byte[] bytes() {
        return line.getBytes();
    }

    int length() {
        return line.getLength();
    }

    /** Counts from 1, header and blank lines included: what an editor shows. */
    long number() {
        return number;
    }

    /** The file's byte at which the line begins. */
    long start() {
        return start;
    }

    boolean isHeader() {
        return start == 0 && CsvRow.isHeader(bytes(), length());
    }

    private void dropByteOrderMark() {
        byte[] bytes = line.getBytes();
        if (line.getLength() >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            line.set(line.copyBytes(), 3, line.getLength() - 3);
        }
    }

    private static UncheckedIOException failed(Path file, IOException cause) {
        return new UncheckedIOException("cannot read " + file + ": " + cause.getMessage(), cause);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
