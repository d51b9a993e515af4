package io.github.sparkcnn.data.idx;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.io.CompressedInput;
import io.github.sparkcnn.io.Storage;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;

/** The items of one file, one after the other. */
final class IdxItems {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final IdxHeader header;
    private final InputStream in;
    private final byte[] item;

    private IdxItems(Path file, IdxHeader header, InputStream in) {
        this.file = file;
        this.header = header;
        this.in = in;
        this.item = new byte[header.itemSize()];
    }

    /** All items of a file. */
    static IdxItems fromHeader(Path file, IdxHeader header, InputStream bytes) {
        try {
            InputStream in = header.compressed()
                    ? CompressedInput.gzip(Storage.display(file), bytes)
                    : new BufferedInputStream(bytes, BUFFER);
            in.skipNBytes(header.length());
            return new IdxItems(file, header, in);
        } catch (EOFException e) {
            throw BadImages.in(
                    file, "it is truncated: it ends before item 0 of " + header.count(), "Download the file again");
        } catch (IOException e) {
            throw damaged(file, header, 0, e);
        }
    }

    /** The items that begin with the stream, of a file that is not compressed. */
    static IdxItems ofPart(Path file, IdxHeader header, InputStream bytes) {
        return new IdxItems(file, header, new BufferedInputStream(bytes, BUFFER));
    }

    /**
     * The next item, valid until the next call.
     *
     * @param number that it has, for messages
     */
    byte[] item(int number) {
        try {
            if (in.readNBytes(item, 0, item.length) < item.length) {
                throw new EOFException("end of file");
            }
            return item;
        } catch (IOException e) {
            throw damaged(file, header, number, e);
        }
    }

    void requireEnd() {
        try {
            if (in.read() >= 0) {
                throw BadImages.in(
                        file,
                        "it is longer than its header says: bytes follow item " + header.count(),
                        "Download the file again");
            }
        } catch (IOException e) {
            throw damaged(file, header, header.count(), e);
        }
    }

    private static RuntimeException damaged(Path file, IdxHeader header, int number, IOException e) {
        if (e instanceof EOFException) {
            return BadImages.in(
                    file,
                    "it is truncated: it ends in item " + number + " of " + header.count(),
                    "Download the file again");
        }
        return new FileException("read", file, e);
    }
}
