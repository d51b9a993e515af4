package io.github.sparkcnn.data.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.config.Holdout;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.data.pack.Selection;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** pickle/make_pickles.py gives the formula of the files' pixels and labels. */
class PickleReadingTest extends SparkTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"mnist.pkl.gz, auto", "renamed, pickle"})
    void readsTheTrainingAndTheValidationPart(String name, String format) throws IOException {
        put("python3-protocol2", name);

        PackedImages train = read(name, Split.TRAIN, format).collect();
        PackedImages validation = read(name, Split.TEST, format).collect();

        assertThat(train.labels()).containsExactly(0, 3, 6, 9, 2);
        assertThat(validation.labels()).containsExactly(1, 4, 7);
        assertThat(train.shape()).isEqualTo(ImageShape.MNIST);
        assertThat(validation.pixels()[784 + 3] & 0xff).isEqualTo((31 * 3 + 7 + 1) % 256);
        try (PackedTable packed = read(name, Split.TRAIN, format).pack()) {
            assertThat(packed.files()).hasSize(1);
        }
    }

    @Test
    void readsAPickleThatIsNotCompressed() throws IOException {
        put("python3-protocol2", "mnist.pkl.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("mnist.pkl.gz")))) {
            Files.write(folder.resolve("mnist.pkl"), in.readAllBytes());
        }

        assertThat(read("mnist.pkl", Split.TRAIN, ImageFormats.AUTO).collect().pixels())
                .isEqualTo(read("mnist.pkl.gz", Split.TRAIN, ImageFormats.AUTO)
                        .collect()
                        .pixels());
    }

    @Test
    void theLastImagesOfTheIdxFilesAreTheSameSplit() throws IOException {
        put("python3-protocol2", "mnist.pkl.gz");
        PackedImages train =
                read("mnist.pkl.gz", Split.TRAIN, ImageFormats.AUTO).collect();
        PackedImages validation =
                read("mnist.pkl.gz", Split.TEST, ImageFormats.AUTO).collect();
        writeIdx("train-images-idx3-ubyte", new int[] {2051, 8, 28, 28}, train.pixels(), validation.pixels());
        writeIdx("train-labels-idx1-ubyte", new int[] {2049, 8}, bytes(train.labels()), bytes(validation.labels()));

        try (PackedTable packed = read("", Split.TRAIN, ImageFormats.AUTO).pack()) {
            Selection.HeldOut parts = packed.all().holdOut(Holdout.ofLast(3), 1);

            assertThat(parts.training().collect().pixels()).isEqualTo(train.pixels());
            assertThat(parts.training().collect().labels()).isEqualTo(train.labels());
            assertThat(parts.validation().collect().pixels()).isEqualTo(validation.pixels());
            assertThat(parts.validation().collect().labels()).isEqualTo(validation.labels());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    evil   | at byte 2 it asks for posix.system, and only NumPy's arrays are allowed
                    narrow | its test images have the shape [2, 783], not [2, 784]
                    """)
    void namesTheFileThatItRefuses(String name, String reason) throws IOException {
        put(name, "mnist.pkl.gz");

        assertThatThrownBy(() ->
                        read("mnist.pkl.gz", Split.TRAIN, ImageFormats.AUTO).collect())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read " + folder.resolve("mnist.pkl.gz") + ": " + reason + ". Give");
    }

    @Test
    void refusesALabelThatNoClassHas() throws IOException {
        put("python3-protocol2", "mnist.pkl.gz");

        assertThatThrownBy(() ->
                        read("mnist.pkl.gz", Split.TRAIN, ImageFormats.AUTO, 9).collect())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + folder.resolve("mnist.pkl.gz")
                        + ": an image has label 9, outside 0..8. Name labels for every class in data.labels.");
    }

    private ImageTable read(String name, Split split, String format) {
        return read(name, split, format, 10);
    }

    private ImageTable read(String name, Split split, String format, int classes) {
        return ImageReader.on(spark())
                .read(new ImageSource(
                        folder.resolve(name).toString(), "data.train", split, format, Malformed.FAIL, classes));
    }

    private static byte[] bytes(int[] labels) {
        byte[] bytes = new byte[labels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) labels[i];
        }
        return bytes;
    }

    private void put(String resource, String name) throws IOException {
        try (InputStream in = PickleReadingTest.class.getResourceAsStream("/pickle/" + resource + ".pkl.gz")) {
            Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private void writeIdx(String name, int[] header, byte[]... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int number : header) {
            out.writeInt(number);
        }
        for (byte[] part : parts) {
            out.write(part);
        }
        Files.write(folder.resolve(name), bytes.toByteArray());
    }
}
