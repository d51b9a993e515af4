package io.github.sparkcnn.data.folder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DataConfig.Columns;
import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelLayout;
import io.github.sparkcnn.image.Resizing;
import io.github.sparkcnn.io.Storage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesFormatTest extends SparkTest {

    @TempDir
    private Path temporary;

    private Path root;

    @BeforeEach
    void drawTwoHalvesOfTwoClasses() throws IOException {
        root = temporary.resolve("pets");
        for (int i = 0; i < 3; i++) {
            write("train/dog/" + i + ".png", png(4, 5, i));
            write("train/cat/" + i + ".png", png(4, 5, 10 + i));
        }
        write("test/dog/7.png", png(4, 5, 7));
    }

    @Test
    void aFoldersClassesAreItsFolders() {
        try (PackedTable packed = table(root, Split.TRAIN).pack()) {
            PackedImages images = packed.all().collect();

            assertThat(packed.classes().names()).containsExactly("cat", "dog");
            assertThat(images.shape()).isEqualTo(new ImageShape(3, 4, 5));
            assertThat(images.labels()).containsExactly(0, 0, 0, 1, 1, 1);
            assertThat(reds(images)).containsExactly(10, 11, 12, 0, 1, 2);
        }
    }

    @Test
    void theOtherHalfHasTheClassesOfTheFirstByName() throws IOException {
        ImageTable training = table(root, Split.TRAIN);

        PackedImages images =
                table(root, Split.TEST).as(training.classes().orElseThrow()).collect();

        assertThat(images.labels()).containsExactly(1);
        assertThat(reds(images)).containsExactly(7);
        assertThat(reds(table(root.resolve("test"), Split.TRAIN).collect())).containsExactly(7);
    }

    /** The same images in the same order, so that a training gives the same numbers. */
    @Test
    void archivesHoldTheSameImagesInTheSameOrder() throws IOException {
        PackedImages folder = table(root, Split.TRAIN).collect();

        for (Path archive : List.of(
                zip("stored.zip", "", ZipEntry.STORED),
                zip("deflated.zip", "wrapped/pets/", ZipEntry.DEFLATED),
                tar("plain.tar"),
                tar("named-wrongly.zip"))) {
            PackedImages images = table(archive, Split.TRAIN).collect();

            assertThat(images.labels()).as(archive.toString()).isEqualTo(folder.labels());
            assertThat(images.pixels()).as(archive.toString()).isEqualTo(folder.pixels());
        }
    }

    @Test
    void theManifestHasOneLineForAnArchiveAndOneForAFolder() throws IOException {
        Path archive = zip("pets.zip", "", ZipEntry.STORED);
        try (PackedTable folder = table(root, Split.TRAIN).pack();
                PackedTable zip = table(archive, Split.TRAIN).pack()) {
            assertThat(folder.files()).hasSize(1);
            assertThat(folder.files().get(0).path())
                    .isEqualTo(root.resolve("train/*").toString());
            assertThat(zip.files()).hasSize(1);
            assertThat(zip.files().get(0).bytes()).isEqualTo(Files.size(archive));
        }
        String before = sum();
        assertThat(sum()).isEqualTo(before);
        write("train/cat/1.png", png(4, 5, 77));
        assertThat(sum()).isNotEqualTo(before);
    }

    private String sum() {
        try (PackedTable packed = table(root, Split.TRAIN).pack()) {
            return packed.files().get(0).md5();
        }
    }

    @Test
    void whatSystemsLeaveIsNoImageAndNoClass() throws IOException {
        int before = table(root, Split.TRAIN).collect().size();
        for (String name : List.of(
                "train/.DS_Store",
                "train/cat/._1.png",
                "train/cat/Thumbs.db",
                "train/__MACOSX/cat/1.png",
                "train/.ipynb_checkpoints/1.png",
                "train/README.md")) {
            write(name, "nothing".getBytes(UTF_8));
        }
        Files.createDirectories(root.resolve("train/empty"));

        ImageTable left = table(root, Split.TRAIN);
        assertThat(left.collect().size()).isEqualTo(before);
        assertThat(left.diagnosis().notices())
                .containsExactly("Folders in " + root + "/train/ hold no image and are no classes: empty");
        assertThat(table(root, Split.TEST).diagnosis().notices()).isEmpty();
        assertThat(table(zip("left.zip", "", ZipEntry.STORED), Split.TRAIN)
                        .collect()
                        .size())
                .isEqualTo(before);
    }

    /** Cameras of one maker call their photographs so. */
    @Test
    void namesThatBeginWithAnUnderscoreAreNotHidden() throws IOException {
        write("train/cat/_MG_0001.png", png(4, 5, 50));

        assertThat(reds(table(root, Split.TRAIN).collect())).containsExactly(10, 11, 12, 50, 0, 1, 2);
    }

    @Test
    void aFileThatIsNoImageIsNamedOrDroppedAndCounted() throws IOException {
        write("train/cat/1.png", "<!DOCTYPE html><html>".getBytes(UTF_8));
        write("train/dog/2.png", new byte[0]);

        assertThatThrownBy(() -> table(root, Split.TRAIN).collect())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + root.resolve("train/cat/1.png")
                        + ": it is a web page, and PNG, JPEG, BMP and GIF are read."
                        + " Take the file away, or set data.malformed = drop to leave such files out.");
        ImageTable dropping = table(root, Split.TRAIN, Malformed.DROP, Optional.empty(), Optional.empty());
        assertThat(reds(dropping.collect())).containsExactly(10, 12, 0, 1);
        assertThat(dropping.diagnosis().dropped())
                .contains(new Diagnosis.Dropped(
                        2, "files", "train/cat/1.png, which is a web page, and PNG, JPEG, BMP and GIF are read"));
    }

    @Test
    void imagesOfSeveralSizesAreRefusedWithoutASizeToBringThemTo() throws IOException {
        write("train/dog/1.png", png(6, 8, 0));

        assertThatThrownBy(() -> table(root, Split.TRAIN))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + root + ": train/dog/1.png is 6×8, and train/cat/0.png is 4×5."
                        + " Set data.resize, e.g. to [64, 64], and data.resize-mode to stretch, crop or pad.");
        ImageTable resized = table(
                root,
                Split.TRAIN,
                Malformed.FAIL,
                Optional.empty(),
                Optional.of(new Resizing(2, 2, Resizing.Mode.STRETCH)));
        assertThat(resized.collect().shape()).isEqualTo(new ImageShape(3, 2, 2));
    }

    /** The last of 256 files is not among those that are looked at first. */
    @Test
    void anotherSizeIsFoundInATaskToo() throws IOException {
        for (int i = 0; i < 250; i++) {
            write("train/eel/" + (1000 + i) + ".png", png(i == 249 ? 6 : 4, 5, i));
        }

        assertThatThrownBy(() -> table(root, Split.TRAIN).collect())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("train/eel/1249.png is 6×5, and train/cat/0.png is 4×5");
    }

    @Test
    void oneColourImageMakesTheSetColour() throws IOException {
        Path greys = temporary.resolve("greys");
        for (int i = 0; i < 4; i++) {
            write(greys.resolve("a/" + i + ".png"), grey(i));
            write(greys.resolve("b/" + i + ".png"), grey(i));
        }
        assertThat(table(greys, Split.TRAIN).shape()).isEqualTo(new ImageShape(1, 4, 5));

        write(greys.resolve("b/9.png"), png(4, 5, 200));
        assertThat(table(greys, Split.TRAIN).shape()).isEqualTo(new ImageShape(3, 4, 5));
        Optional<PixelLayout> one = Optional.of(PixelLayout.planar(new ImageShape(1, 4, 5)));
        assertThat(table(greys, Split.TRAIN, Malformed.FAIL, one, Optional.empty())
                        .collect()
                        .size())
                .isEqualTo(9);
    }

    @Test
    void aFlatFolderIsForPredictionsOnly() throws IOException {
        Path flat = temporary.resolve("flat");
        write(flat.resolve("b.png"), png(4, 5, 1));
        write(flat.resolve("a.png"), "text".getBytes(UTF_8));

        assertThatThrownBy(() -> table(flat, Split.TEST))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + flat + ": a.png is in no class's folder."
                        + " Put every image into a sub-folder that is called like its class; only predict needs none.");
        ImageRows rows = rows(flat);
        List<Row> found = rows.rows().collectAsList();
        assertThat(rows.label()).isEmpty();
        assertThat(rows.rows().columns()).containsExactly("path", "image");
        assertThat(found).extracting(row -> row.getString(0)).containsExactly("a.png", "b.png");
        assertThatThrownBy(() -> rows.pixels().read(internal(found.get(0))))
                .isInstanceOf(MalformedImage.class)
                .hasMessage("is a text file, and PNG, JPEG, BMP and GIF are read");
        assertThat(rows.pixels().read(internal(found.get(1)))).hasSize(60);
    }

    @Test
    void rowsHaveThePathAndTheFoldersName() throws IOException {
        for (Path path : List.of(root, zip("pets.zip", "", ZipEntry.DEFLATED))) {
            ImageRows rows = rows(path);

            assertThat(rows.label()).contains("label");
            assertThat(rows.rows().collectAsList())
                    .extracting(row -> row.getString(0) + " " + row.getString(1))
                    .containsExactly("test/dog/7.png dog");
        }
    }

    @Test
    void anotherSizeIsAnErrorInItsRowOnly() throws IOException {
        write("test/dog/8.png", png(6, 5, 8));

        ImageRows rows = rows(root);
        List<Row> found = rows.rows().collectAsList();

        assertThat(rows.pixels().read(internal(found.get(0)))).hasSize(60);
        assertThatThrownBy(() -> rows.pixels().read(internal(found.get(1))))
                .isInstanceOf(MalformedImage.class)
                .hasMessage("is 6×5, not 4×5");
    }

    @Test
    void oneImageIsEnoughForAPrediction() throws IOException {
        List<Row> rows = rows(root.resolve("test/dog/7.png")).rows().collectAsList();

        assertThat(rows).extracting(row -> row.getString(0)).containsExactly("7.png");
    }

    @Test
    void aZipThatIsCutShortIsRefused() throws IOException {
        byte[] zip = Files.readAllBytes(zip("whole.zip", "", ZipEntry.STORED));
        Path cut = temporary.resolve("cut.zip");
        Files.write(cut, Arrays.copyOf(zip, zip.length / 2));

        assertThatThrownBy(() -> table(cut, Split.TRAIN))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + cut + ": the zip is cut short: it has no directory at its end."
                        + " Fetch it again.");
    }

    /** A bitmap has no sum of its own: only the zip's tells that a bit turned. */
    @Test
    void aBitThatTurnedInAZipIsNotReadInSilence() throws IOException {
        byte[] bitmap = bitmap(4, 5);
        write("train/cat/3.bmp", bitmap);
        byte[] zip = Files.readAllBytes(zip("turned.zip", "", ZipEntry.STORED));
        int pixels = new String(zip, ISO_8859_1).indexOf(new String(bitmap, ISO_8859_1)) + bitmap.length - 9;
        zip[pixels] ^= 1;
        Path turned = temporary.resolve("turned.zip");
        Files.write(turned, zip);

        assertThatThrownBy(() -> table(turned, Split.TRAIN).collect())
                .isInstanceOf(UserException.class)
                .hasMessageMatching(
                        "Cannot read .*train/cat/3\\.bmp: it is damaged in the zip: its CRC-32 is \\p{XDigit}{8},"
                                + " not \\p{XDigit}{8}\\. Take the file away, or set data\\.malformed = drop .*");
        ImageTable dropping = table(turned, Split.TRAIN, Malformed.DROP, Optional.empty(), Optional.empty());
        assertThat(dropping.collect().size()).isEqualTo(6);
        assertThat(dropping.diagnosis().dropped().orElseThrow().count()).isEqualTo(1);
    }

    private static byte[] bitmap(int height, int width) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "bmp", out);
        return out.toByteArray();
    }

    /** Nothing is allocated for what a few bytes cannot become. */
    @Test
    void aZipThatDeclaresMoreThanItCanHoldIsMalformed() throws IOException {
        Path zip = zip("lying.zip", "", ZipEntry.DEFLATED);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(zip)).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(bytes.capacity() - 6);
        int stored = bytes.getInt(directory + 20);

        assertThatThrownBy(() -> new Contents(storage(), new Container(Container.Kind.ZIP, zip.toString(), ""))
                        .of(new Member("train/dog/2.png", 0, stored, 1 << 30, new Member.Zipped(true, 0))))
                .isInstanceOf(MalformedImage.class)
                .hasMessage("is damaged in the zip: " + stored + " bytes cannot become 1073741824");
    }

    @Test
    void aTarHasWhatUnpackingItWouldLeave() throws IOException {
        Path file = temporary.resolve("grown.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            add(tar, "/pets/cat/1.png", png(4, 5, 1));
            add(tar, "/pets/cat/2.png", png(4, 5, 2));
            add(tar, "/pets/dog/3.png", png(4, 5, 3));
            add(tar, "/pets/cat/1.png", png(4, 5, 9));
            TarArchiveEntry link = new TarArchiveEntry("/pets/dog/4.png", TarConstants.LF_LINK, true);
            link.setLinkName("/pets/cat/2.png");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }

        PackedImages images = table(file, Split.TRAIN).collect();

        assertThat(reds(images)).containsExactly(9, 2, 3, 2);
        assertThat(images.labels()).containsExactly(0, 0, 1, 1);
    }

    @Test
    void aTarOfSymbolicLinksIsRefused() throws IOException {
        Path file = temporary.resolve("links.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            add(tar, "cat/1.png", png(4, 5, 1));
            TarArchiveEntry link = new TarArchiveEntry("dog/4.png", TarConstants.LF_SYMLINK);
            link.setLinkName("../cat/1.png");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }

        assertThatThrownBy(() -> table(file, Split.TRAIN))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + file + ": dog/4.png in it is a symbolic link."
                        + " Write the tar with --dereference, which puts the files themselves into it.");
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    @Test
    void aZipMayHoldMoreFilesThanFitInto16Bits() throws IOException {
        Path many = temporary.resolve("many.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(many))) {
            for (int i = 0; i < 66_000; i++) {
                zip.putNextEntry(new ZipEntry("a/" + i + ".png"));
            }
        }
        Storage storage = storage();

        Tree tree = ZipDirectory.of(
                storage, storage.status(storage.path(many.toString())).orElseThrow());

        assertThat(tree.members()).hasSize(66_000);
    }

    private static int[] reds(PackedImages images) {
        int[] reds = new int[images.size()];
        for (int i = 0; i < reds.length; i++) {
            reds[i] = images.pixels()[i * images.shape().size()] & 0xff;
        }
        return reds;
    }

    private static ImageTable table(Path path, Split split) {
        return table(path, split, Malformed.FAIL, Optional.empty(), Optional.empty());
    }

    private static ImageTable table(
            Path path, Split split, Malformed malformed, Optional<PixelLayout> layout, Optional<Resizing> resizing) {
        return reader().read(source(path, split, malformed, layout, resizing));
    }

    private static ImageRows rows(Path path) {
        return reader().rows(source(path, Split.TEST, Malformed.FAIL, Optional.empty(), Optional.empty()));
    }

    private static ImageSource source(
            Path path, Split split, Malformed malformed, Optional<PixelLayout> layout, Optional<Resizing> resizing) {
        return new ImageSource(
                path.toString(),
                "data.train",
                split,
                "auto",
                malformed,
                Optional.empty(),
                layout,
                resizing,
                Columns.FOUND,
                ImageSource.Expected.NOTHING,
                ConfigurationReader.defaults().data().sample());
    }

    private static ImageReader reader() {
        return new ImageReader(spark(), storage());
    }

    private static Storage storage() {
        return Storage.ofLocalMaster(jsc().hadoopConfiguration());
    }

    private static InternalRow internal(Row row) {
        Object[] values = new Object[row.size()];
        values[row.fieldIndex("image")] = row.getAs("image");
        return new GenericInternalRow(values);
    }

    private static byte[] png(int height, int width, int red) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, red << 16 | y << 8 | x);
            }
        }
        return png(image);
    }

    private static byte[] grey(int level) throws IOException {
        BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, level);
        return png(image);
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private void write(String name, byte[] bytes) throws IOException {
        write(root.resolve(name), bytes);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** In an order that is not that of the names. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private Path zip(String name, String above, int method) throws IOException {
        Path file = temporary.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Path path : files()) {
                byte[] bytes = Files.readAllBytes(path);
                ZipEntry entry = new ZipEntry(above + root.relativize(path));
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(bytes);
                    entry.setSize(bytes.length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(bytes);
            }
        }
        return file;
    }

    private Path tar(String name) throws IOException {
        Path file = temporary.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (Path path : files()) {
                byte[] bytes = Files.readAllBytes(path);
                TarArchiveEntry entry = new TarArchiveEntry("./pets/" + root.relativize(path));
                entry.setSize(bytes.length);
                tar.putArchiveEntry(entry);
                tar.write(bytes);
                tar.closeArchiveEntry();
            }
        }
        return file;
    }
}
