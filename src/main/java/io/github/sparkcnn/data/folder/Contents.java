package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.hadoop.fs.Path;

/** In a task: the bytes of files, one after the other; closed with the task. */
final class Contents implements AutoCloseable {
    private static final int LOCAL_HEADER = 30;
    private static final int LOCAL_MARK = 0x04034b50;
    private static final int MOST_BYTES = 1 << 30;
    /** Deflate makes at most so many bytes of one. */
    private static final int MOST_FOR_A_BYTE = 1032;
    /** So much is rather read than passed over by a seek. */
    private static final int NEAR = 1 << 16;

    private final Storage storage;
    private final Container container;
    private InputStream archive;
    private long position;

    Contents(Storage storage, Container container) {
        this.storage = storage;
        this.container = container;
    }

    /**
     * All bytes of a file.
     *
     * @throws MalformedImage where an archive's bytes are damaged
     */
    byte[] of(Member member) {
        if (member.size() > MOST_BYTES || member.stored() > MOST_BYTES) {
            throw new MalformedImage("has " + member.size() + " bytes, more than an image has");
        }
        try {
            return switch (container.kind()) {
                case FOLDER -> file(new Path(container.path(), container.above() + member.name()));
                case FILE -> file(container.path());
                case ZIP -> zipped(member);
                case TAR -> range(member.position(), (int) member.size());
            };
        } catch (IOException e) {
            throw new FileException("read", member.name() + " of " + container.root(), e);
        }
    }

    private byte[] file(Path path) throws IOException {
        try (InputStream in = storage.open(path)) {
            return in.readAllBytes();
        }
    }

    private byte[] zipped(Member member) throws IOException {
        ByteBuffer header =
                ByteBuffer.wrap(range(member.position(), LOCAL_HEADER)).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(0) != LOCAL_MARK) {
            throw new MalformedImage("is not where the zip's directory says");
        }
        // The local extra field may be another than the directory's.
        int names = (header.getShort(26) & 0xffff) + (header.getShort(28) & 0xffff);
        byte[] stored = range(position + names, (int) member.stored());
        byte[] bytes = member.zipped().deflated() ? inflated(stored, (int) member.size()) : stored;
        requireSum(bytes, member.zipped().crc());
        return bytes;
    }

    private static void requireSum(byte[] bytes, int wanted) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if ((int) crc.getValue() != wanted) {
            throw new MalformedImage(String.format(
                    Locale.ROOT, "is damaged in the zip: its CRC-32 is %08x, not %08x", crc.getValue(), wanted));
        }
    }

    private static byte[] inflated(byte[] deflated, int size) {
        if (size > (long) MOST_FOR_A_BYTE * deflated.length) {
            throw new MalformedImage("is damaged in the zip: " + deflated.length + " bytes cannot become " + size);
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            byte[] bytes = new byte[size];
            int count = 0;
            int read = 1;
            while (count < size && read > 0) {
                read = inflater.inflate(bytes, count, size - count);
                count += read;
            }
            if (count < size) {
                throw new MalformedImage("is cut short in the zip");
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new MalformedImage("is damaged in the zip: " + Visible.firstLine(e));
        } finally {
            inflater.end();
        }
    }

    private byte[] range(long from, int length) throws IOException {
        if (archive != null && from >= position && from - position <= NEAR) {
            archive.skipNBytes(from - position);
        } else {
            close();
            archive = storage.open(container.path(), from);
        }
        byte[] bytes = archive.readNBytes(length);
        position = from + bytes.length;
        if (bytes.length < length) {
            throw new MalformedImage("is cut short with its archive");
        }
        return bytes;
    }

    @Override
    public void close() {
        if (archive != null) {
            try {
                archive.close();
            } catch (IOException e) {
                throw new FileException("close", container.root(), e);
            }
            archive = null;
        }
    }
}
