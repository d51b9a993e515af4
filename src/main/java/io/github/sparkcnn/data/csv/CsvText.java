package io.github.sparkcnn.data.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.io.CompressedInput;
import io.github.sparkcnn.io.FunnelInput;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.GzipCodec;

/** The text in a file: gzip and zip are told by their first bytes, other compressions that Hadoop knows by the name. */
final class CsvText {

    private static final int[] GZIP = {0x1f, 0x8b};
    private static final int[] ZIP = {'P', 'K', 3, 4};
    private static final int[][] UTF_16 = {{0xff, 0xfe}, {0xfe, 0xff}};
    private static final int LOOKED_AT = 12;
    /** Made once: it reads Hadoop's configuration files. */
    private static final CompressionCodecFactory CODECS = new CompressionCodecFactory(new Configuration());

    private CsvText() {}

    /** Whether a task has to read the whole file, because it is compressed. */
    static boolean isWhole(Path file, InputStream bytes) throws IOException {
        byte[] first = bytes.readNBytes(LOOKED_AT);
        return begins(first, GZIP) || begins(first, ZIP) || codec(file) != null;
    }

    /**
     * The text's bytes.
     *
     * @param bytes of the file, from its beginning
     * @throws UserException for a file that is not what its name says, and for UTF-16
     */
    static InputStream of(Path file, InputStream bytes) throws IOException {
        byte[] first = bytes.readNBytes(LOOKED_AT);
        PushbackInputStream whole = new PushbackInputStream(bytes, LOOKED_AT);
        whole.unread(first);
        if (begins(first, GZIP)) {
            return CompressedInput.gzip(Storage.display(file), whole);
        }
        if (begins(first, ZIP)) {
            return CompressedInput.of(Storage.display(file), whole, zip -> csvIn(file, zip));
        }
        CompressionCodec codec = codec(file);
        if (codec instanceof GzipCodec) {
            throw BadImages.in(
                    file,
                    "it is no gzip file, as its name says: it begins with '" + new String(first, UTF_8).strip() + "'",
                    "Take .gz off its name, or download it again");
        }
        if (begins(first, UTF_16[0]) || begins(first, UTF_16[1])) {
            throw BadImages.in(file, "its text is UTF-16", "Save it as UTF-8");
        }
        return codec == null ? whole : CompressedInput.of(Storage.display(file), whole, codec::createInputStream);
    }

    /** The one CSV in a zip archive; what macOS adds does not count. */
    private static InputStream csvIn(Path file, InputStream bytes) throws IOException {
        ZipInputStream zip = new ZipInputStream(bytes);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (isCsv(entry)) {
                return new OnlyCsv(file, entry.getName(), zip);
            }
        }
        throw BadImages.in(file, "the zip archive holds no *.csv file", "Name a CSV or a zip archive of one");
    }

    private static boolean isCsv(ZipEntry entry) {
        String name = entry.getName().toLowerCase(Locale.ROOT);
        return !entry.isDirectory() && name.endsWith(".csv") && !name.matches("(.*/)?(\\.[^/]*|__macosx/.*)");
    }

    private static boolean begins(byte[] bytes, int... with) {
        boolean begins = bytes.length >= with.length;
        for (int i = 0; begins && i < with.length; i++) {
            begins = (bytes[i] & 0xff) == with[i];
        }
        return begins;
    }

    private static CompressionCodec codec(Path file) {
        return CODECS.getCodec(file);
    }

    /** Refuses a second CSV behind the first when that has been read. */
    private static final class OnlyCsv extends FunnelInput {
        private final Path file;
        private final String name;
        private final ZipInputStream zip;

        OnlyCsv(Path file, String name, ZipInputStream zip) {
            super(zip);
            this.file = file;
            this.name = name;
            this.zip = zip;
        }

        @Override
        public int read(byte[] buffer, int from, int most) throws IOException {
            int read = zip.read(buffer, from, most);
            if (read < 0) {
                refuseAnother();
            }
            return read;
        }

        private void refuseAnother() throws IOException {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (isCsv(entry)) {
                    throw BadImages.in(
                            file,
                            "the zip archive holds both " + name + " and " + entry.getName(),
                            "Unpack it and name one of them");
                }
            }
        }
    }
}
