package io.github.sparkcnn.data;

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

/** The lines of one file from its beginning, numbered from 1, cut as Hadoop's input format cuts them in the tasks. */
final class CsvLines implements Closeable {
    private final Path file;
    private final LineReader reader;
    private final Text line = new Text();
    private long number;

    private CsvLines(Path file, LineReader reader) {
        this.file = file;
        this.reader = reader;
    }

    static CsvLines open(Storage storage, Path file) {
        CompressionCodec codec = new CompressionCodecFactory(new Configuration()).getCodec(file);
        InputStream bytes = storage.open(file);
        try {
            return new CsvLines(file, new LineReader(codec == null ? bytes : codec.createInputStream(bytes)));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Goes to the next line that is not blank. */
    boolean next() {
        try {
            while (reader.readLine(line) > 0) {
                number++;
                if (number == 1) {
                    dropByteOrderMark();
                }
                if (!CsvRow.isBlank(bytes(), length())) {
                    return true;
                }
            }
            return false;
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

    boolean isHeader() {
        return number == 1 && CsvRow.isHeader(bytes(), length());
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
