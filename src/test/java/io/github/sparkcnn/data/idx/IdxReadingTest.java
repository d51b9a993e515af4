package io.github.sparkcnn.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.image.ImageShape;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReadingTest extends SparkTest {
    private static final String IMAGES = "train-images-idx3-ubyte";
    private static final String LABELS = "train-labels-idx1-ubyte";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", ".gz"})
    void readsTheOfficialNamesInAFolder(String suffix) throws IOException {
        write(IMAGES + suffix, idx(2051, new int[] {3, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8, 255, 0, 128, 1));
        write(LABELS + suffix, idx(2049, new int[] {3}, 7, 0, 9));
        write("t10k-images-idx3-ubyte" + suffix, idx(2051, new int[] {1, 2, 2}, 4, 3, 2, 1));
        write("t10k-labels-idx1-ubyte" + suffix, idx(2049, new int[] {1}, 5));

        ImageTable train = read("", Split.TRAIN);
        ImageTable test = read("", Split.TEST);

        assertThat(train.shape()).isEqualTo(new ImageShape(1, 2, 2));
        assertThat(train.collect().labels()).containsExactly(7, 0, 9);
        assertThat(train.collect().pixels()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 255, 0, 128, 1);
        assertThat(test.collect().labels()).containsExactly(5);
        try (PackedTable packed = train.pack()) {
            assertThat(packed.files())
                    .hasSize(2)
                    .allSatisfy(f -> assertThat(f.md5()).hasSize(32));
        }
    }

    @Test
    void findsTheFilesThatTorchvisionHasDownloaded() throws IOException {
        write("raw/" + IMAGES + ".gz", idx(2051, new int[] {1, 1, 2}, 1, 2));
        write("raw/" + LABELS + ".gz", idx(2049, new int[] {1}, 3));

        assertThat(read("", Split.TRAIN).collect().labels()).containsExactly(3);
    }

    @Test
    void findsFilesInFoldersOfTheirNames() throws IOException {
        write(IMAGES + "/" + IMAGES, idx(2051, new int[] {1, 1, 2}, 1, 2));
        write(LABELS + "/" + LABELS, idx(2049, new int[] {1}, 3));
        write("t10k-images-idx3-ubyte/t10k-images-idx3-ubyte", idx(2051, new int[] {1, 1, 2}, 4, 5));
        write("t10k-labels-idx1-ubyte/t10k-labels-idx1-ubyte", idx(2049, new int[] {1}, 6));

        assertThat(read("", Split.TRAIN).collect().labels()).containsExactly(3);
        assertThat(read("", Split.TEST).collect().labels()).containsExactly(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3, 2, 2 | 1 2 3 4 5 6 7 8 9 10 11 12 | 3×2×2
                    2, 2, 3 | 1 5 9 2 6 10 3 7 11 4 8 12 | 3×2×2
                    1, 4, 3 | 1 2 3 4 5 6 7 8 9 10 11 12 | 1×4×3
                    """)
    void readsColourWithChannelsFirstOrLast(String sides, String pixels, String shape) throws IOException {
        int[] of = Stream.of(sides.split(", ")).mapToInt(Integer::parseInt).toArray();
        int[] values = Stream.of(pixels.split(" ")).mapToInt(Integer::parseInt).toArray();
        write(IMAGES, idx(2052, new int[] {1, of[0], of[1], of[2]}, values));
        write(LABELS, idx(2049, new int[] {1}, 3));

        ImageTable table = read("", Split.TRAIN);

        assertThat(table.shape()).hasToString(shape);
        assertThat(table.collect().pixels()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    void emnistIsTurnedUprightAndItsLabelsAreLetters() throws IOException {
        write(
                "emnist-letters-train-images-idx3-ubyte.gz",
                idx(2051, new int[] {2, 2, 3}, 1, 4, 2, 5, 3, 6, 0, 0, 0, 0, 0, 9));
        write("emnist-letters-train-labels-idx1-ubyte.gz", idx(2049, new int[] {2}, 26, 1));

        ImageTable table = letters("");

        assertThat(table.shape()).isEqualTo(new ImageShape(1, 3, 2));
        try (PackedTable packed = table.pack()) {
            assertThat(packed.classes().names())
                    .hasSize(26)
                    .startsWith("a", "b")
                    .endsWith("z");
            assertThat(packed.all().collect().labels()).containsExactly(25, 0);
            assertThat(packed.all().collect().pixels()).containsExactly(1, 5, 4, 3, 2, 6, 0, 0, 0, 0, 0, 9);
        }

        write("emnist-letters-train-labels-idx1-ubyte.gz", idx(2049, new int[] {2}, 1, 0));
        assertThatThrownBy(() -> letters("").collect())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("label 0 at byte 9 (image 1) is outside 1..26");
    }

    @Test
    void severalDataSetsInAFolderAreNamed() throws IOException {
        for (String set : List.of("balanced", "letters")) {
            write("emnist-" + set + "-train-images-idx3-ubyte.gz", idx(2051, new int[] {1, 1, 1}, 7));
            write("emnist-" + set + "-train-labels-idx1-ubyte.gz", idx(2049, new int[] {1}, 11));
        }

        assertThatThrownBy(() -> letters(""))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + folder + ": it holds 2 data sets:"
                        + " emnist-balanced-train-images-idx3-ubyte.gz, emnist-letters-train-images-idx3-ubyte.gz."
                        + " Name the image file of one of them.");
        try (PackedTable packed =
                letters("emnist-balanced-train-images-idx3-ubyte.gz").pack()) {
            assertThat(packed.classes().names()).hasSize(47).contains("B", "t").doesNotContain("c");
            assertThat(packed.all().collect().labels()).containsExactly(11);
        }
    }

    @ParameterizedTest
    @CsvSource({"0x0d03, 32-bit floats", "0x0c03, 32-bit integers", "0x0903, signed bytes"})
    void refusesOtherTypesByTheirNames(String magic, String type) throws IOException {
        good();
        write(IMAGES, idx(Integer.decode(magic), new int[] {2, 2, 2}));
        assertRefused(IMAGES, "its values are " + type + ", not unsigned bytes. Name an IDX file of unsigned bytes.");
    }

    @Test
    void refusesFourDimensionsWithoutChannels() throws IOException {
        good();
        write(IMAGES, idx(2052, new int[] {1, 2, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8));
        write(LABELS, idx(2049, new int[] {1}, 3));
        assertRefused(
                IMAGES,
                "its images are 1×2×2×2, with neither 1 nor 3 channels."
                        + " Write n×height×width, n×channels×height×width or n×height×width×channels.");
    }

    @Test
    void refusesSidesWhoseProductIsNone() throws IOException {
        good();
        write(IMAGES, idx(2052, new int[] {2, 4096, 4096, 4096}));
        assertRefused(IMAGES, "its dimensions are 2×4096×4096×4096. Name an IDX file of small images.");
    }

    @Test
    void findsTheLabelsOfAnImageFile() throws IOException {
        write("mine-images.idx3-ubyte.gz", idx(2051, new int[] {1, 1, 2}, 1, 2));
        write("mine-labels.idx1-ubyte", idx(2049, new int[] {1}, 3));

        ImageTable table = read("mine-images.idx3-ubyte.gz", Split.TRAIN);

        assertThat(table.shape()).isEqualTo(new ImageShape(1, 1, 2));
        assertThat(table.collect().labels()).containsExactly(3);
    }

    @Test
    void cutsAPlainFileIntoRanges() throws IOException {
        int count = 40_000;
        byte[] pixels = new byte[count * 784];
        new Random(1).nextBytes(pixels);
        ByteArrayOutputStream images = new ByteArrayOutputStream();
        images.write(idx(2051, new int[] {count, 28, 28}));
        images.write(pixels);
        write(IMAGES, images.toByteArray());
        write(LABELS, idx(2049, new int[] {count}, new int[count]));

        ImageTable table = read("", Split.TRAIN);

        assertThat(table.rows().rdd().getNumPartitions()).isEqualTo(2);
        assertThat(Arrays.equals(table.collect().pixels(), pixels)).isTrue();
    }

    @Test
    void refusesAWrongMagicNumber() throws IOException {
        good();
        write(IMAGES, idx(2049, new int[] {2, 2, 2}));
        assertRefused(IMAGES, "its magic number is 2049, not 2051 (images). Name an IDX file of unsigned bytes.");

        good();
        write(LABELS, idx(2051, new int[] {2}));
        assertRefused(LABELS, "its magic number is 2051, not 2049 (labels). Name an IDX file of unsigned bytes.");
    }

    @Test
    void refusesWrongDimensions() throws IOException {
        good();
        write(IMAGES, idx(2051, new int[] {2, 0, 28}));
        assertRefused(IMAGES, "its dimensions are 2×0×28. Name an IDX file of small images.");
        write(IMAGES, idx(2051, new int[] {2, -1, 28}));
        assertRefused(IMAGES, "its dimensions are 2×-1×28. Name an IDX file of small images.");
    }

    @Test
    void refusesAnEmptyFileAndOneWithoutImages() throws IOException {
        good();
        write(IMAGES, new byte[0]);
        assertRefused(IMAGES, "the file is empty. Download the file again.");
        write(IMAGES, new byte[] {0, 0, 8, 3, 0, 0});
        assertRefused(IMAGES, "it ends within its header. Download the file again.");
        write(IMAGES, idx(2051, new int[] {0, 28, 28}));
        assertRefused(IMAGES, "its header says 0 items. Name a file with images.");
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        good();
        write(IMAGES, idx(2051, new int[] {2, 2, 2}, 1, 2, 3));
        assertRefused(IMAGES, "it is truncated: 2×2×2 need 24 bytes, it has 19. Download the file again.");

        Files.delete(folder.resolve(IMAGES));
        write(IMAGES + ".gz", idx(2051, new int[] {2, 2, 2}, 1, 2, 3, 4, 5));
        assertRefused(IMAGES + ".gz", "it is truncated: it ends in item 1 of 2. Download the file again.");
    }

    @Test
    void refusesADamagedGzipStream() throws IOException {
        good();
        Files.delete(folder.resolve(IMAGES));
        byte[] noise = new byte[20_000];
        new Random(1).nextBytes(noise);
        ByteArrayOutputStream images = new ByteArrayOutputStream();
        images.write(idx(2051, new int[] {2, 100, 100}));
        images.write(noise);
        write(IMAGES + ".gz", images.toByteArray());
        byte[] zipped = Files.readAllBytes(folder.resolve(IMAGES + ".gz"));

        Files.write(folder.resolve(IMAGES + ".gz"), Arrays.copyOf(zipped, zipped.length - 6));
        assertRefused(
                IMAGES + ".gz",
                "it is cut off: its compressed bytes end after 20016 bytes of content. Download or write the file again.");

        zipped[zipped.length - 6] ^= 1;
        Files.write(folder.resolve(IMAGES + ".gz"), zipped);
        assertThatThrownBy(() -> read("", Split.TRAIN).collect())
                .isInstanceOf(UserException.class)
                .hasMessageContaining(IMAGES + ".gz: its compressed bytes are damaged after 20016 bytes of content");
    }

    @Test
    void refusesAFileLongerThanItsHeaderSays() throws IOException {
        good();
        write(LABELS, idx(2049, new int[] {2}, 1, 2, 3));
        assertRefused(
                LABELS, "it is longer than its header says: 2 need 10 bytes, it has 11. Download the file again.");

        Files.delete(folder.resolve(LABELS));
        write(LABELS + ".gz", idx(2049, new int[] {2}, 1, 2, 3));
        assertRefused(
                LABELS + ".gz", "it is longer than its header says: bytes follow item 2. Download the file again.");
    }

    @Test
    void refusesCountsThatDiffer() throws IOException {
        good();
        write(LABELS, idx(2049, new int[] {3}, 1, 2, 3));

        assertRefused(
                IMAGES, "it holds 2 images and " + LABELS + " 3 labels. Put together the two files of one data set.");
    }

    @Test
    void refusesALabelOutsideTheClasses() throws IOException {
        good();
        write(LABELS, idx(2049, new int[] {2}, 1, 10));

        assertRefused(
                LABELS, "label 10 at byte 9 (image 1) is outside 0..9. Name labels for every class in data.labels.");
    }

    @Test
    void refusesAFolderWithoutThatHalf() throws IOException {
        good();

        assertThatThrownBy(() -> read("", Split.TEST))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + folder + ": there is no t10k-images-idx3-ubyte or"
                        + " t10k-images.idx3-ubyte.gz in it. Put the file there, named so.");
    }

    @Test
    void refusesAnImageFileWithoutLabels() throws IOException {
        write("mine-images.idx3-ubyte", idx(2051, new int[] {1, 1, 2}, 1, 2));

        assertThatThrownBy(() -> read("mine-images.idx3-ubyte", Split.TRAIN))
                .hasMessage("Cannot read " + folder + ": there is no mine-labels.idx1-ubyte or"
                        + " mine-labels.idx1-ubyte.gz in it. Put the file there, named so.");
    }

    @Test
    void refusesATestSetOfAnotherShape() throws IOException {
        good();
        write("t10k-images-idx3-ubyte", idx(2051, new int[] {1, 1, 2}, 4, 3));
        write("t10k-labels-idx1-ubyte", idx(2049, new int[] {1}, 5));

        assertThatThrownBy(() -> read("", Split.TEST).requireShapeOf(read("", Split.TRAIN)))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot evaluate on " + folder + ": its images are 1×1×2, those of " + folder
                        + " are 1×2×2. Use training and test images of the same shape,"
                        + " or set data.resize, e.g. to [28, 28].");
    }

    private void good() throws IOException {
        write(IMAGES, idx(2051, new int[] {2, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8));
        write(LABELS, idx(2049, new int[] {2}, 1, 2));
    }

    private void assertRefused(String file, String rest) {
        assertThatThrownBy(() -> read("", Split.TRAIN).collect())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + folder.resolve(file) + ": " + rest);
    }

    private ImageTable read(String name, Split split) {
        return ImageReader.on(spark())
                .read(new ImageSource(
                        folder.resolve(name).toString(), "data.train", split, ImageFormats.AUTO, Malformed.FAIL, 10));
    }

    /** Of the classes that there are. */
    private ImageTable letters(String name) {
        return ImageReader.on(spark())
                .read(new ImageSource(folder.resolve(name).toString(), "data.train", Split.TRAIN, ImageFormats.AUTO));
    }

    private static byte[] idx(int magic, int[] sizes, int... items) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(magic);
        for (int size : sizes) {
            out.writeInt(size);
        }
        for (int item : items) {
            out.write(item);
        }
        return bytes.toByteArray();
    }

    private void write(String name, byte[] content) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        try (OutputStream out = Files.newOutputStream(folder.resolve(name));
                OutputStream zipped = name.endsWith(".gz") ? new GZIPOutputStream(out) : out) {
            zipped.write(content);
        }
    }
}
