package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.Handover;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.io.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;

/** The lines of a file, or of a part of it, that are not blank; numbered where they are read from the file's beginning. */
final class CsvLines implements Closeable {
    private static final long UNKNOWN = -1;
    /** A row of 2,000 × 2,000 pixels in colours. */
    private static final int LONGEST = 1 << 26;

    private final Path file;
    private final LineReader reader;
    private final long end;
    private final Text line = new Text();
    private long start;
    private long next;
    private long number;
    /** Where the file's first line begins that is not blank, once that is known. */
    private long first;

    private CsvLines(Path file, InputStream bytes, CsvPart part) {
        this.file = file;
        this.reader = new LineReader(bytes);
        this.next = part.start();
        this.end = part.end();
        this.first = part.whole() ? UNKNOWN : part.first();
    }

    /** From the beginning to the end, through what the file is compressed with. */
    static CsvLines open(Storage storage, Path file) {
        try {
            return Handover.of(storage.open(file), bytes -> of(CsvPart.whole(file), bytes));
        } catch (IOException e) {
            throw new FileException("read", file, e);
        }
    }

    /**
     * The lines of one part. A line belongs to the part in which the byte before it is, the very first to the first.
     *
     * @param bytes from the part's beginning on
     */
    static CsvLines of(CsvPart part, InputStream bytes) {
        try {
            InputStream text = part.whole() ? CsvText.of(part.path(), bytes) : bytes;
            CsvLines lines = new CsvLines(part.path(), text, part);
            if (part.start() > 0) {
                lines.readLine();
            }
            return lines;
        } catch (IOException e) {
            throw new FileException("read", part.path(), e);
        }
    }

    /** Goes to the next line that is not blank. */
    boolean next() {
        while (next <= end && readLine()) {
            number++;
            if (start == 0) {
                dropByteOrderMark();
            }
            if (!CsvRow.isBlank(bytes(), length())) {
                if (first == UNKNOWN) {
                    first = start;
                }
                return true;
            }
        }
        return false;
    }

    /** Goes to the next row, over a header, which has to be that of the data set. */
    boolean nextRow(CsvColumns columns) {
        while (next()) {
            Optional<CsvHeader> header = header();
            if (header.isEmpty()) {
                return true;
            }
            columns.requireFits(header.get(), file);
        }
        return false;
    }

    private boolean readLine() {
        try {
            int read = reader.readLine(line, LONGEST + 1);
            if (line.getLength() > LONGEST) { // a compressed file of a few bytes may hold one without end
                throw BadImages.in(
                        file, "a line has more than " + LONGEST + " bytes", "Name a CSV with an image a row");
            }
            start = next;
            next += read;
            return read > 0;
        } catch (IOException e) {
            throw new FileException("read", file, e);
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

    /** The header that the line is, if it is the file's first and one; a line that cannot be read is none. */
    Optional<CsvHeader> header() {
        try {
            return start == first ? CsvHeader.of(CsvFields.texts(bytes(), length())) : Optional.empty();
        } catch (MalformedImage e) { // told when it is read
            return Optional.empty();
        }
    }

    private void dropByteOrderMark() {
        byte[] bytes = line.getBytes();
        if (line.getLength() >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            line.set(line.copyBytes(), 3, line.getLength() - 3);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
