package io.github.sparkcnn.data.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.DataFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReadingTest extends SparkTest {
    private static final String SPLIT = "mapreduce.input.fileinputformat.split.maxsize";

    @TempDir
    Path folder;

    @AfterEach
    void largeSplitsAgain() {
        jsc().hadoopConfiguration().unset(SPLIT);
    }

    @Test
    void readsLabelsAndPixels() throws IOException {
        write("train.csv", "label,pixel1,pixel2,pixel3,pixel4\n7,0,1,127,255\n0,255,128,2,0\n");

        ImageTable table = read("train.csv");

        assertThat(table.shape()).isEqualTo(new ImageShape(1, 2, 2));
        assertThat(table.rows().schema()).isEqualTo(ImageTable.SCHEMA);
        PackedImages images = table.collect();
        assertThat(images.labels()).containsExactly(7, 0);
        assertThat(images.pixels()).containsExactly(0, 1, 127, 255, 255, 128, 2, 0);
        assertThat(images.indices()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,1,2,3,4\n2,5,6,7,8\n",
                "1,1,2,3,4\n2,5,6,7,8",
                "1,1,2,3,4\r\n2,5,6,7,8\r\n",
                "label,1x1,1x2,2x1,2x2\r\n1,1,2,3,4\r\n2,5,6,7,8",
                "\"label\",\"a\",\"b\",\"c\",\"d\"\n1,1,2,3,4\n2,5,6,7,8\n\n",
                "\uFEFF1,1,2,3,4\n2,5,6,7,8\n",
                "1, 1, 2, 3, 4\n2,005,0006,7 ,+8\n",
                "\"label\",\"a\",\"b\",\"c\",\"d\"\n\"1\",\"1\",\"2\",\"3\",\"4\"\n\"2\",\"5\", \"6\" ,7,\"8\"\n",
                "1.0,1.,2.00,3,4\n2,5.0,0.6e1,7.000000000000000000e+00,80e-1\n",
                "0,1,2,3,4\n1,1,2,3,4\n2,5,6,7,8\n",
                "label,0,1,2,3\n1,1,2,3,4\n2,5,6,7,8\n",
                "\n \nlabel,a,b,c,d\n1,1,2,3,4\n2,5,6,7,8\n",
                "\uFEFF\r\nlabel,a,b,c,d\n1,1,2,3,4\n2,5,6,7,8\n",
                "a,b,Label,c,d\n1,2,1,3,4\n5,6,2,7,8\n",
                "pixel0,pixel1,pixel2,pixel3,CLASS\n1,2,3,4,1\n5,6,7,8,2\n",
                "digit,pixel0,pixel1,pixel2,pixel3\n1,1,2,3,4\n2,5,6,7,8\n",
                "id,pixel0,pixel1,pixel2,pixel3,target\n\"a,b\",1,2,3,4,1\nimg \"2\".png,5,6,7,8,2\n",
                "name,y,1x1,1x2,2x1,2x2\n10,1,1,2,3,4\n9,2,5,6,7,8\n",
            })
    void readsEveryUsualWayToWriteTheSameRows(String text) throws IOException {
        write("train.csv", text);
        write("train.csv.gz", text);

        for (String name : new String[] {"train.csv", "train.csv.gz"}) {
            PackedImages images = read(name).collect();
            assertThat(images.labels()).containsExactly(1, 2);
            assertThat(images.pixels()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    @Test
    void readsAFolderOfPartsInTheOrderOfTheirNames() throws IOException {
        write("parts/part-00001.csv", "label,a,b,c,d\n2,5,6,7,8\n");
        write("parts/part-00000.csv.gz", "label,a,b,c,d\n1,1,2,3,4\n");
        write("parts/part-00002", "3,9,9,9,9\n");
        write("parts/part-00003", "");
        write("parts/_SUCCESS", "");
        write("parts/.part-00000.crc", "rubbish");
        write("parts/README.md", "rubbish");

        assertThat(read("parts").collect().labels()).containsExactly(1, 2, 3);
        try (PackedTable packed = read("parts").pack()) {
            assertThat(packed.files()).extracting(DataFile::bytes).contains(10L).hasSize(3);
        }
    }

    @Test
    void aNameMayHoldWhatHadoopTakesForAPattern() throws IOException {
        write("my {train},*[1].csv", "1,1,2,3,4\n");

        assertThat(read("my {train},*[1].csv").collect().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 13, 100, 1000})
    void cutsTheFileAnywhere(int splitBytes) throws IOException {
        StringBuilder rows = new StringBuilder("label,a,b,c,d\r\n");
        Random random = new Random(1);
        int count = 60;
        byte[] expected = new byte[count * 4];
        random.nextBytes(expected);
        for (int i = 0; i < count; i++) {
            int image = i;
            rows.append(i % 10)
                    .append(',')
                    .append(IntStream.range(0, 4)
                            .mapToObj(k -> String.valueOf(expected[image * 4 + k] & 0xff))
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        write("train.csv", rows.toString());
        // A split a byte would be a thousand tasks.
        jsc().hadoopConfiguration().setInt(SPLIT, Math.max(splitBytes, rows.length() / 40));

        ImageTable table = read("train.csv");

        assertThat(table.rows().rdd().getNumPartitions()).isGreaterThan(1000 / Math.max(splitBytes, 40) / 2);
        assertThat(table.collect().pixels()).isEqualTo(expected);
    }

    @Test
    void refusesAMissingFile() {
        assertThatThrownBy(() -> read("absent.csv"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot read " + path("absent.csv") + ": there is no such file or folder."
                                + " Set data.train to a CSV, an IDX folder, a folder or archive of images, or a table, such as Parquet.");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        write("train.csv", "");

        assertRefused("", "the file is empty. Name a file with one image a row.");
    }

    @Test
    void refusesAHeaderAlone() throws IOException {
        assertRefused("label,a,b,c,d\n", "it has a header and no rows. Name a file with one image a row.");
    }

    @Test
    void aHeaderBehindBlankLinesIsOneWhereverTheFileIsCut() throws IOException {
        write("train.csv", "\n".repeat(40) + "a,b,c,d,label\n" + "1,2,3,4,5\n".repeat(20));
        jsc().hadoopConfiguration().setInt(SPLIT, 16);

        PackedImages images = read("train.csv").collect();

        assertThat(images.size()).isEqualTo(20);
        assertThat(images.label(19)).isEqualTo(5);
    }

    @Test
    void readsPartsBehindManyThatHaveAHeaderAlone() throws IOException {
        for (int i = 0; i < 120; i++) {
            write("parts/part-%05d.csv".formatted(i), "a,b,c,d,label\n");
        }
        write("parts/part-00120.csv", "a,b,c,d,label\n1,2,3,4,5\n");
        write("parts/part-00121.csv", "a,b,c,d,label\n1,2,3,4,6\n");

        assertThat(read("parts").collect().labels()).containsExactly(5, 6);
    }

    @Test
    void readsAPartThatWasEditedBesideItsChecksum() throws IOException {
        write("parts/part-00000.csv", "1,1,2,3,4\n");
        Files.write(folder.resolve("parts/.part-00000.csv.crc"), new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 1, 2, 3, 4});

        assertThat(read("parts").collect().labels()).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({
        "x.csv, x.csv.gz",
        "fashion-mnist_test.csv, fashion-mnist_train.csv",
        "train.csv, validation.csv",
    })
    void refusesAFolderOfTwoDataSets(String one, String other) throws IOException {
        write("both/" + one, "1,1,2,3,4\n");
        write("both/" + other, "1,1,2,3,4\n");

        assertThatThrownBy(() -> read("both"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read " + path("both") + ": the folder holds both ")
                .hasMessageContaining(one)
                .hasMessageContaining(other);
    }

    @Test
    void aFileIsWhatItsFirstBytesSay() throws IOException {
        write("gzip.csv.gz", "a,b,c,d,label\n1,2,3,4,5\n");
        Files.move(folder.resolve("gzip.csv.gz"), folder.resolve("gzip.csv"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("train.zip")))) {
            zip.putNextEntry(new ZipEntry("__MACOSX/._train.csv"));
            zip.putNextEntry(new ZipEntry("README.md"));
            zip.write("text".getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("data/train.csv"));
            zip.write("a,b,c,d,label\n1,2,3,4,5\n".getBytes(UTF_8));
        }
        jsc().hadoopConfiguration().setInt(SPLIT, 16);

        for (String name : new String[] {"gzip.csv", "train.zip"}) {
            try (PackedTable packed = read(name).pack()) {
                assertThat(packed.all().collect().labels()).containsExactly(5);
                assertThat(packed.files())
                        .extracting(DataFile::bytes)
                        .containsExactly(Files.size(folder.resolve(name)));
            }
        }
    }

    @Test
    void refusesAZipOfTwo() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("train.zip")))) {
            for (String name : new String[] {"test.csv", "train.csv"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("1,1,2,3,4\n".getBytes(UTF_8));
            }
        }

        assertThatThrownBy(() -> read("train.zip").collect())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + path("train.zip")
                        + ": the zip archive holds both test.csv and train.csv. Unpack it and name one of them.");
    }

    @Test
    void refusesWhatIsNotCompressedAsItsNameSays() throws IOException {
        Files.writeString(folder.resolve("train.csv.gz"), "label,a,b,c,d\n1,1,2,3,4\n");

        assertThatThrownBy(() -> read("train.csv.gz"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + path("train.csv.gz")
                        + ": it is no gzip file, as its name says: it begins with 'label,a,b,c,'."
                        + " Take .gz off its name, or download it again.");
    }

    @Test
    void refusesAStreamThatIsCutShort() throws IOException {
        StringBuilder rows = new StringBuilder("label,a,b,c,d\n");
        Random random = new Random(1);
        IntStream.range(0, 5000)
                .forEach(
                        i -> rows.append("1,2,3,4,").append(random.nextInt(256)).append('\n'));
        write("train.csv.gz", rows.toString());
        byte[] whole = Files.readAllBytes(folder.resolve("train.csv.gz"));
        String name = "train.csv.gz";
        int[] lengths = {
            11, whole.length / 3, whole.length * 2 / 3, whole.length - 20, whole.length - 8, whole.length - 1
        };

        for (int length : lengths) {
            Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(name).collect())
                    .as(length + " of " + whole.length + " bytes")
                    .isInstanceOf(UserException.class)
                    .hasMessageMatching(
                            "Cannot read \\Q" + path(name) + "\\E: it is cut off: its compressed bytes end after"
                                    + " \\d+ bytes of content\\. Download or write the file again\\.");
        }
    }

    @Test
    void refusesAZipWhoseSumIsWrong() throws IOException {
        byte[] row = "1,1,2,3,4\n".getBytes(UTF_8);
        Path file = folder.resolve("train.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry("train.csv"));
            zip.write(row);
        }
        byte[] turned = Files.readAllBytes(file);
        turned[new String(turned, ISO_8859_1).indexOf("1,1,2")] = '2';
        Files.write(file, turned);

        assertThatThrownBy(() -> read("train.zip").collect())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read " + path("train.zip")
                        + ": its compressed bytes are damaged after 10 bytes of content");
    }

    @Test
    void refusesAnotherEncoding() throws IOException {
        Files.write(folder.resolve("train.csv"), "\uFEFFlabel,a,b,c,d\n1,1,2,3,4\n".getBytes(UTF_16LE));

        assertThatThrownBy(() -> read("train.csv"))
                .hasMessage("Cannot read " + path("train.csv") + ": it is text in UTF-16. Save it as UTF-8.");
    }

    @Test
    void refusesQuotesThatDoNotMatch() throws IOException {
        assertRefusedRow("1,1,2,3,4\n2,\"5,6,7,8\n", "row 2 has quotes in column 2 that do not end in its line");
        assertRefusedRow("1,1,2,3,4\n2,\"5\"5,6,7,8\n", "row 2 has more behind the quotes in column 2");
    }

    @Test
    void refusesAFolderWithoutParts() throws IOException {
        Files.createDirectory(folder.resolve("parts"));

        assertThatThrownBy(() -> read("parts"))
                .hasMessage("Cannot read " + path("parts") + ": the folder is empty. Name a folder with images.");
    }

    @Test
    void refusesAFolderOfEmptyParts() throws IOException {
        write("parts/part-0.csv", "");

        assertThatThrownBy(() -> read("parts")).hasMessageContaining("all its files are empty");
    }

    @Test
    void refusesARowOfTheWrongLength() throws IOException {
        assertRefusedRow("1,1,2,3,4\n2,5,6,7\n", "row 2 has 4 columns, not 5");
        assertRefusedRow("label,a,b,c,d\n\n1,1,2,3,4\n2,5,6,7,8,9\n", "row 4 has 6 columns, not 5");
        assertRefusedRow("1,1,2\n2,5,6,7,8\n", "row 1 has 3 columns, not 5");
    }

    @Test
    void refusesColumnsThatMakeNoSquare() throws IOException {
        assertRefused(
                "1,1,2\n",
                "row 1 has 3 columns, and a label and the pixels of a square image make 785 (28×28) or another n² + 1."
                        + " Write label,pixel1..pixel784 in every row, or set data.shape to the shape of the images.");
    }

    @Test
    void refusesWhatIsNoNumber() throws IOException {
        assertRefusedRow("1,1,2,3,4\n2,5,six,7,8\n", "row 2 has 'six' in column 3, not a whole number");
        assertRefusedRow("1,1,2,3,4\n2,5,,7,8\n", "row 2 has '' in column 3, not a whole number");
        assertRefusedRow("1,1,2,3,4\n2,5,0.5,7,8\n", "row 2 has '0.5' in column 3, not a whole number");
        assertRefusedRow("x,1,2,9,4\n2,5,6,7,8\n", "row 1 has 'x' in column 1, not a whole number");
    }

    @Test
    void refusesAPixelThatIsNoByte() throws IOException {
        assertRefusedRow("1,1,2,3,4\n2,5,6,7,256\n", "row 2 has 256 in column 5, outside 0..255");
        assertRefusedRow("1,1,2,3,4\n2,-1,6,7,8\n", "row 2 has -1 in column 2, outside 0..255");
    }

    @Test
    void refusesALabelOutsideTheClasses() throws IOException {
        assertRefusedRow("1,1,2,3,4\n10,5,6,7,8\n", "row 2 has label 10, outside 0..9");
        assertRefusedRow("1,1,2,3,4\n-1,5,6,7,8\n", "row 2 has label -1, outside 0..9");
    }

    @Test
    void namesTheFirstBadRowOfManySplits() throws IOException {
        jsc().hadoopConfiguration().setInt(SPLIT, 20);

        assertRefusedRow("1,1,2,3,4\n".repeat(5) + "1,bad\n" + "1,x,2,3,4\n".repeat(20), "row 6 has 2 columns, not 5");
    }

    @Test
    void namesThePartOfTheBadRow() throws IOException {
        write("parts/part-0.csv", "1,1,2,3,4\n");
        write("parts/part-1.csv", "1,1,2,3,4\n1,1,2,3,999\n");

        assertThatThrownBy(() -> read("parts").shares(2))
                .hasMessageStartingWith("Cannot read " + path("parts/part-1.csv") + ": row 2 has 999 in column 5");
    }

    @Test
    void dropsBadRowsCountsThemAndShowsTheFirst() throws IOException {
        write("train.csv", "label,a,b,c,d\n1,1,2,3,4\n2,5,6\n3,5,6,7,x\n4,9,9,9,9\n12,0,0,0,0\n");
        jsc().hadoopConfiguration().setInt(SPLIT, 16);

        ImageTable table = drop("train.csv");
        try (Shares shares = table.shares(1)) {
            assertThat(shares.images().first().labels()).containsExactly(1, 4);
        }
        // Reading again does not count again.
        assertThat(table.collect().size()).isEqualTo(2);
        assertThat(table.diagnosis().dropped())
                .contains(new Diagnosis.Dropped(
                        3, "rows", "row 3 of " + path("train.csv") + ", which has 3 columns, not 5"));
    }

    @Test
    void dropsNothingFromAGoodFile() throws IOException {
        write("train.csv", "1,1,2,3,4\n");

        ImageTable table = drop("train.csv");
        table.collect();

        assertThat(table.diagnosis().dropped()).isEmpty();
    }

    @Test
    void refusesToDropEverything() throws IOException {
        write("train.csv", "label,a,b,c,d\n1,1,2,3,x\n1,1,2,3,y\n");

        assertThatThrownBy(() -> drop("train.csv").collect())
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot read " + path("train.csv") + ": all its 2 rows are malformed, the first is row 2 of "
                                + path("train.csv")
                                + ", which has 'x' in column 5, not a whole number. Name a file with one image a row.");
    }

    @Test
    void anActionOnTheDataFrameFailsToo() throws IOException {
        write("train.csv", "1,1,2,3,4\n1,1,2,3,x\n");

        assertThatThrownBy(() -> read("train.csv").rows().collect())
                .hasMessageContaining("the row at byte 10 has 'x' in column 5, not a whole number");
    }

    private void assertRefusedRow(String text, String reason) throws IOException {
        assertRefused(text, reason + ". Correct the row, or set data.malformed = drop to leave bad rows out.");
    }

    private void assertRefused(String text, String rest) throws IOException {
        write("train.csv", text);

        assertThatThrownBy(() -> read("train.csv").collect())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + path("train.csv") + ": " + rest);
    }

    private ImageTable read(String name) {
        return read(name, Malformed.FAIL);
    }

    private ImageTable drop(String name) {
        return read(name, Malformed.DROP);
    }

    private ImageTable read(String name, Malformed malformed) {
        return ImageReader.on(spark())
                .read(new ImageSource(path(name), "data.train", Split.TRAIN, ImageFormats.AUTO, malformed, 10));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                OutputStream content = name.endsWith(".gz") ? new GZIPOutputStream(out) : out) {
            content.write(text.getBytes(UTF_8));
        }
    }
}
