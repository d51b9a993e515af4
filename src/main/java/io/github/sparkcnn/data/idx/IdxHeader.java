package io.github.sparkcnn.data.idx;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.Beginning;
import io.github.sparkcnn.io.CompressedInput;
import io.github.sparkcnn.io.Storage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The beginning of an IDX file (yann.lecun.com/exdb/mnist): two zero bytes, the type (8: unsigned byte), the number of
 * dimensions, then each dimension in four bytes, big-endian.
 *
 * @param sizes of the dimensions; the first one counts the items
 * @param compressed whether the file is a gzip stream, which cannot be split
 */
record IdxHeader(List<Integer> sizes, boolean compressed) implements Serializable {
    private static final String REMEDY = "Download the file again";
    private static final int UNSIGNED_BYTE = 0x08;
    private static final Map<Integer, String> TYPES = Map.of(
            UNSIGNED_BYTE,
            "unsigned bytes",
            0x09,
            "signed bytes",
            0x0b,
            "16-bit integers",
            0x0c,
            "32-bit integers",
            0x0d,
            "32-bit floats",
            0x0e,
            "64-bit floats");

    IdxHeader {
        sizes = List.copyOf(sizes);
    }

    /** Whether values of this type code may be in an IDX file. */
    static boolean isType(int code) {
        return TYPES.containsKey(code);
    }

    /** The header of an image file: n × height × width, or with channels first or last. */
    static IdxHeader ofImages(Storage storage, Path file) {
        return read(storage, file, "images", 3, 4);
    }

    /** The header of a label file. */
    static IdxHeader ofLabels(Storage storage, Path file) {
        return read(storage, file, "labels", 1, 1);
    }

    /** Reads the header and checks it, and for a plain file its length too. */
    private static IdxHeader read(Storage storage, Path file, String items, int least, int most) {
        try (DataInputStream in = new DataInputStream(decompressed(storage, file))) {
            int magic = in.readInt();
            int type = magic >> 8;
            int dimensions = magic & 0xff;
            if (type != UNSIGNED_BYTE || dimensions < least || dimensions > most) {
                throw BadImages.in(
                        file,
                        mistake(storage, file, magic, (UNSIGNED_BYTE << 8) + least, items),
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
            throw new FileException("read", file, e);
        }
    }

    private static String mistake(Storage storage, Path file, int magic, int wanted, String items) {
        Optional<String> kind =
                Beginning.of(storage, storage.status(file).orElseThrow()).kind();
        if (kind.isPresent()) {
            return "it is " + kind.get() + ", no IDX file";
        }
        int type = magic >> 8;
        return isType(type) && type != UNSIGNED_BYTE
                ? "its values are " + TYPES.get(type) + ", not unsigned bytes"
                : "its magic number is " + magic + ", not " + wanted + " (" + items + ")";
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
        return Math.toIntExact(values());
    }

    private long values() {
        return sizes.stream().skip(1).mapToLong(size -> size).reduce(1, (a, b) -> a * b);
    }

    private void checkSizes(Path file) {
        boolean sound = count() >= 0
                && sizes.stream().skip(1).allMatch(size -> size > 0 && size <= 4096)
                && values() <= 1 << 24;
        if (!sound) {
            throw BadImages.in(file, "its dimensions are " + dimensions(), "Name an IDX file of small images");
        }
        if (count() == 0) {
            throw BadImages.in(file, "its header says 0 items", "Name a file with images");
        }
    }

    /** For messages: {@code 60000×28×28}. */
    String dimensions() {
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
