package io.github.sparkcnn.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Makes seeds of seeds. */
public final class Compressed {

    private Compressed() {}

    /** Something around a stream. */
    @FunctionalInterface
    private interface Around {
        OutputStream of(OutputStream out) throws IOException;
    }

    /** A file of an archive. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Entry(String name, byte[] content) {}

    public static byte[] gzip(byte[] content) throws IOException {
        return through(GZIPOutputStream::new, content);
    }

    public static byte[] bzip2(byte[] content) throws IOException {
        return through(BZip2CompressorOutputStream::new, content);
    }

    private static byte[] through(Around around, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = around.of(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /** Without compression, so that the content is there to be changed. */
    public static byte[] stored(Entry... entries) throws IOException {
        return zip(0, List.of(entries));
    }

    public static byte[] deflated(Entry... entries) throws IOException {
        return zip(9, List.of(entries));
    }

    private static byte[] zip(int level, List<Entry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(level);
            for (Entry entry : entries) {
                ZipEntry header = new ZipEntry(entry.name());
                header.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0)); // the same bytes at any time
                zip.putNextEntry(header);
                zip.write(entry.content());
            }
        }
        return bytes.toByteArray();
    }
}
