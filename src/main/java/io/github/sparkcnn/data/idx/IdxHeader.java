package io.github.sparkcnn.data.idx;

import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.io.CompressedInput;
import io.github.sparkcnn.io.Storage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The beginning of an IDX file (yann.lecun.com/exdb/mnist): two zero bytes, the type (8: unsigned byte), the number of
 * dimensions, then each dimension in four bytes, big-endian.
 *
 * @param sizes of the dimensions; the first one counts the items
 * @param compressed whether the file is a gzip stream, which cannot be split
 */
record IdxHeader(List<Integer> sizes, boolean compressed) implements Serializable {
    private static final int UNSIGNED_BYTES = 0x0800;
    private static final String REMEDY = "Download the file again";

    IdxHeader {
        sizes = List.copyOf(sizes);
    }

    /** Reads the header and checks it, and for a plain file its length too. */
    static IdxHeader read(Storage storage, Path file, int dimensions) {
        try (DataInputStream in = new DataInputStream(decompressed(storage, file))) {
            int magic = in.readInt();
            if (magic != UNSIGNED_BYTES + dimensions) {
                throw BadImages.in(
                        file,
                        "its magic number is " + magic + ", not " + (UNSIGNED_BYTES + dimensions) + " ("
                                + (dimensions == 3 ? "images" : "labels") + ")",
                        "Name an IDX file of unsigned bytes");
            }
            List<Integer> sizes = new ArrayList<>();
            for (int i = 0; i < dimensions; i++) {
                sizes.add(in.readInt());
            }
            IdxHeader header = new IdxHeader(sizes, isGzip(storage, file));
            header.checkSizes(file);
            if (!header.compressed) {
                header.checkLength(file, storage.status(file).orElseThrow().getLen());
            }
            return header;
        } catch (EOFException e) {
            throw BadImages.in(
                    file, isEmpty(storage, file) ? "the file is empty" : "it ends within its header", REMEDY);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    int count() {
        return sizes.get(0);
    }

    /** Bytes before the first item. */
    int length() {
        return 4 + 4 * sizes.size();
    }

    /** Bytes an item. */
    int itemSize() {
        return sizes.stream().skip(1).reduce(1, (a, b) -> a * b);
    }

    private void checkSizes(Path file) {
        boolean sound = count() >= 0
                && sizes.stream().skip(1).allMatch(size -> size > 0 && size <= 4096)
                && itemSize() <= 1 << 24;
        if (!sound) {
            throw BadImages.in(file, "its dimensions are " + dimensions(), "Name an IDX file of small images");
        }
        if (count() == 0) {
            throw BadImages.in(file, "its header says 0 items", "Name a file with images");
        }
    }

    private String dimensions() {
        return String.join("×", sizes.stream().map(String::valueOf).toList());
    }

    private void checkLength(Path file, long bytes) {
        long needed = length() + (long) count() * itemSize();
        if (bytes != needed) {
            throw BadImages.in(
                    file,
                    (bytes < needed ? "it is truncated: " : "it is longer than its header says: ") + dimensions()
                            + " need " + needed + " bytes, it has " + bytes,
                    REMEDY);
        }
    }

    /** The file's bytes, through gzip if they begin like gzip's, whatever the name. */
    static InputStream decompressed(Storage storage, Path file) throws IOException {
        boolean compressed = isGzip(storage, file);
        InputStream bytes = storage.open(file);
        return compressed
                ? CompressedInput.gzip(Storage.display(file), bytes)
                : new BufferedInputStream(bytes, 1 << 16);
    }

    private static boolean isGzip(Storage storage, Path file) throws IOException {
        try (InputStream in = storage.open(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    private static boolean isEmpty(Storage storage, Path file) {
        return storage.status(file).orElseThrow().getLen() == 0;
    }
}
