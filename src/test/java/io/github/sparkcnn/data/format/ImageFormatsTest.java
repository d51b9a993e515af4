package io.github.sparkcnn.data.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.io.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files are, told by their first bytes, whatever they are called. */
class ImageFormatsTest extends SparkTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
                    \\x89HDF\\r\\n\\x1a\\n                       | an HDF5 file
                    7z\\xbc\\xaf\\x27\\x1c                       | a 7z archive
                    \\xfd7zXZ\\x00                               | an xz stream
                    \\x28\\xb5\\x2f\\xfd                         | a Zstandard stream
                    \\xff\\xfel\\x00a\\x00b\\x00                 | text in UTF-16
                    \\n <!DOCTYPE html>\\n<html>404              | a web page (HTML)
                    <?xml version="1.0"?>                        | an XML document
                    version https://git-lfs.github.com/spec/v1   | a pointer of Git LFS
                    \\x05\\x06\\x07\\x08                         | binary data of no known kind, beginning 05 06 07 08
                    """)
    void aFileOfNoFormatIsCalledWhatItIs(String start, String kind) throws IOException {
        write("train.csv", bytes(start));
        assertRefused("train.csv", ": it is " + kind);

        write("train.csv.gz", gzipped(bytes(start)));
        assertRefused("train.csv.gz", ": inside its gzip stream it is " + kind);

        assertThatThrownBy(() -> read("train.csv", "csv"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("train.csv: it is " + kind);
    }

    @Test
    void aTarArchiveIsToldByItsMark() throws IOException {
        byte[] tar = new byte[1024];
        System.arraycopy("images/1.png".getBytes(UTF_8), 0, tar, 0, 12);
        System.arraycopy("ustar".getBytes(UTF_8), 0, tar, 257, 5);
        write("images", gzipped(tar));

        assertRefused("images", ": inside its gzip stream it is a tar archive. Unpack it, and name what was in it.");
    }

    @Test
    void aZipArchiveIsToldByWhatItBeginsWith() throws IOException {
        write("train.csv", zipped("model/weights.bin"));
        assertRefused("train.csv", ": it is a zip archive that begins with model/weights.bin. Unpack it,");

        write("archive", zipped("train.csv"));
        assertThat(format("archive")).isEqualTo("csv");
    }

    @Test
    void wideTextWithoutAMarkIsCalledSo() throws IOException {
        write("train.csv", "label,pixel1\n3,255\n".getBytes(UTF_16LE));

        assertRefused("train.csv", ": it is text in UTF-16. Save it as UTF-8.");
    }

    @Test
    void aWebPageUnderAnIdxNameIsCalledSo() throws IOException {
        write("train-images-idx3-ubyte.gz", "<!DOCTYPE html><title>404</title>".getBytes(UTF_8));
        write("train-labels-idx1-ubyte.gz", "<!DOCTYPE html><title>404</title>".getBytes(UTF_8));

        assertRefused("", "train-images-idx3-ubyte.gz: it is a web page (HTML), no IDX file.");
    }

    @ParameterizedTest
    @CsvSource({"train.txt, csv", "noname, csv", "train.csv.gz, csv", "lies.pkl.gz, csv"})
    void textIsACsvWhateverItsName(String name, String format) throws IOException {
        write(name, name.endsWith(".gz") ? gzipped("3,255\n".getBytes(UTF_8)) : "3,255\n".getBytes(UTF_8));

        assertThat(format(name)).isEqualTo(format);
    }

    @Test
    void idxBytesAreIdxWhateverTheirName() throws IOException {
        write("data.csv", new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7});

        assertThat(format("data.csv")).isEqualTo("idx");
    }

    @Test
    void aPickleIsToldByItsBytesAndAFolderIsNone() throws IOException {
        try (var in = ImageFormatsTest.class.getResourceAsStream("/pickle/python2-protocol0.pkl.gz")) {
            write("mnist", in.readAllBytes());
        }
        Files.createDirectories(folder.resolve("mnist.pkl.gz"));
        write("mnist.pkl.gz/part-0.csv", "3,255\n".getBytes(UTF_8));

        assertThat(format("mnist")).isEqualTo("pickle");
        assertThat(format("mnist.pkl.gz")).isEqualTo("csv");
    }

    @Test
    void aFolderNamesItsFoldersWithImages() throws IOException {
        for (String set : new String[] {"kmnist", "mnist"}) {
            Files.createDirectories(folder.resolve(set));
            write(set + "/train-images-idx3-ubyte", new byte[16]);
        }
        write("README", "Two data sets".getBytes(UTF_8));

        assertRefused("", ": the images are in its folders kmnist, mnist. Name one of these folders.");
    }

    @Test
    void aFolderWithoutImagesSaysWhatIsInIt() throws IOException {
        Files.createDirectories(folder.resolve("src"));
        write("part-00000.parquet", "PAR1\u0015\u0004".getBytes(ISO_8859_1));
        write("notes.txt", "nothing".getBytes(UTF_8));

        assertRefused(
                "",
                ": the folder holds no images of a known format;"
                        + " in it are notes.txt, part-00000.parquet (a Parquet file), src/.");
    }

    private void assertRefused(String name, String message) {
        assertThatThrownBy(() -> read(name, ImageFormats.AUTO))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read ")
                .hasMessageContaining(message);
    }

    private void read(String name, String format) {
        ImageReader.on(spark())
                .read(new ImageSource(folder.resolve(name).toString(), "data.train", Split.TRAIN, format));
    }

    private String format(String name) {
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        return new ImageFormats()
                .of(
                        ImageFormats.AUTO,
                        storage,
                        storage.status(storage.path(folder.resolve(name).toString()))
                                .orElseThrow())
                .name();
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private static byte[] gzipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zipped(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry(name));
            out.write("3,255".getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Of a text with escapes as Python writes them. */
    private static byte[] bytes(String escaped) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            char letter = escaped.charAt(i);
            if (letter != '\\') {
                text.append(letter);
                continue;
            }
            switch (escaped.charAt(++i)) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                default -> {
                    text.append((char) Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
                    i += 2;
                }
            }
        }
        return text.toString().getBytes(ISO_8859_1);
    }
}
