package io.github.sparkcnn.data.numpy;

import io.github.sparkcnn.Handover;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.numpy.NpyHeader;
import io.github.sparkcnn.numpy.NpyType;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** The items of an array along its first axis, one after the other; no more than one is in memory. */
final class ArrayItems implements Closeable {
    private static final Set<Character> NUMBERS = Set.of('u', 'i', 'f');
    private static final int LARGEST_ITEM = 1 << 27;

    private final NpyHeader header;
    private final NpyType type;
    private final NpyHeader.Refusals refusals;
    private final InputStream in;
    private final byte[] item;
    private long number;

    private ArrayItems(NpyHeader header, NpyType type, NpyHeader.Refusals refusals, InputStream in, int bytes) {
        this.header = header;
        this.type = type;
        this.refusals = refusals;
        this.in = in;
        this.item = new byte[bytes];
    }

    /** Reads the header, and holds it to the size that the array has. */
    static ArrayItems open(ArrayFiles files, String name) throws IOException {
        NpyHeader.Refusals refusals =
                new NpyHeader.Refusals(files.source(name), "Save it again, from an array of uint8 in C order");
        return Handover.of(opened(files, name, refusals), in -> of(in, files.size(name), refusals));
    }

    private static ArrayItems of(InputStream in, long size, NpyHeader.Refusals refusals) {
        NpyHeader header = header(in, refusals);
        NpyType type = NpyType.of(header.type())
                .filter(known -> NUMBERS.contains(known.kind()))
                .orElseThrow(() -> refusals.of("its values have the type " + header.type() + ", which is no number"));
        if (header.fortran() && header.shape().size() > 1) {
            throw refusals.of("it is in Fortran's order");
        }
        long values = size - header.length();
        if (header.count() > Long.MAX_VALUE / type.bytes() || header.count() * type.bytes() != values) {
            throw refusals.of(
                    "its header says " + header.shapeText() + " of " + type + ", which " + values + " bytes are not");
        }
        if (header.shape().isEmpty() || header.shape().get(0) == 0) {
            throw refusals.of("it holds " + header.shapeText() + " values");
        }
        long bytes = values / header.shape().get(0);
        if (bytes > LARGEST_ITEM || header.shape().get(0) > Integer.MAX_VALUE) {
            throw refusals.of("its shape is " + header.shapeText());
        }
        return new ArrayItems(header, type, refusals, in, (int) bytes);
    }

    private static InputStream opened(ArrayFiles files, String name, NpyHeader.Refusals refusals) {
        try {
            return new BufferedInputStream(files.open(name), 1 << 16);
        } catch (IOException e) { // a zip's compression that nobody knows
            throw refusals.of("it cannot be read (" + Visible.firstLine(e) + ")");
        }
    }

    private static NpyHeader header(InputStream in, NpyHeader.Refusals refusals) {
        try {
            return NpyHeader.read(in, refusals);
        } catch (IOException e) { // a zip's damaged stream, or its sum
            throw refusals.of("it is damaged (" + Visible.firstLine(e) + ")");
        }
    }

    NpyHeader header() {
        return header;
    }

    NpyType type() {
        return type;
    }

    NpyHeader.Refusals refusals() {
        return refusals;
    }

    int count() {
        return Math.toIntExact(header.shape().get(0));
    }

    /** Values an item. */
    int size() {
        return item.length / type.bytes();
    }

    /** The next item's bytes, valid until the next call. */
    byte[] next() {
        try {
            if (in.readNBytes(item, 0, item.length) < item.length) {
                throw refusals.of("it ends in item " + number + " of " + count());
            }
            number++;
            return item;
        } catch (IOException e) { // a zip's damaged stream, or its sum
            throw refusals.of(
                    "it cannot be read in item " + number + " of " + count() + " (" + Visible.firstLine(e) + ")");
        }
    }

    /** Reads to the array's end, which checks a zip's sum. */
    void requireEnd() {
        try {
            if (in.read() >= 0) {
                throw refusals.of("bytes follow its last item");
            }
        } catch (IOException e) {
            throw refusals.of("it is damaged (" + Visible.firstLine(e) + ")");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
