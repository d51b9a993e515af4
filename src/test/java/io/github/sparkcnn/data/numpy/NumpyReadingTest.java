package io.github.sparkcnn.data.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DataConfig.Columns;
import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NumPy wrote the files: numpy/make_arrays.py, which gives the formula of their pixels and labels. */
class NumpyReadingTest extends SparkTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"keras", "compressed", "streamed"})
    void readsBothHalvesOfKerassFiles(String name) throws IOException {
        Path file = put(name, "mnist.csv"); // told by its bytes

        assertImages(read(file, Split.TRAIN), new ImageShape(1, 3, 4), 5, 0);
        assertImages(read(file, Split.TEST), new ImageShape(1, 3, 4), 2, 1);
        try (PackedTable packed = read(file, Split.TRAIN).pack()) {
            assertThat(packed.files())
                    .singleElement()
                    .satisfies(read ->
                            assertThat(read.bytes()).isEqualTo(file.toFile().length()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"medmnist", "planar"})
    void readsColourWithChannelsFirstOrLast(String name) throws IOException {
        assertImages(read(put(name, "colour.npz"), Split.TRAIN), new ImageShape(3, 2, 4), 5, 0);
    }

    @Test
    void readsFloatsThatAreWhole() throws IOException {
        assertImages(read(put("whole-floats", "whole.npz"), Split.TRAIN), new ImageShape(1, 3, 4), 5, 0);
    }

    @Test
    void aFlatArrayHasTheShapeThatIsGiven() throws IOException {
        Path file = put("flat", "flat.npz");
        ImageSource source = new ImageSource(
                file.toString(),
                "data.train",
                Split.TRAIN,
                ImageFormats.AUTO,
                Malformed.FAIL,
                Optional.empty(),
                Optional.of(PixelLayout.planar(new ImageShape(1, 3, 4))),
                Optional.empty(),
                Columns.FOUND,
                ImageSource.Expected.NOTHING,
                ConfigurationReader.defaults().data().sample());

        assertImages(ImageReader.on(spark()).read(source), new ImageShape(1, 3, 4), 5, 0);
    }

    @Test
    void readsAFolderOfArraysAndOneOfItsFiles() throws IOException {
        unzip("keras");

        assertImages(read(folder, Split.TRAIN), new ImageShape(1, 3, 4), 5, 0);
        assertImages(read(folder.resolve("x_test.npy"), Split.TEST), new ImageShape(1, 3, 4), 2, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fractions | , array x: its values are float32, and 0.027450980618596077 is no whole number from 0 to 255
                    one-hot   | , array y: its shape is (5, 10), where there has to be one label an image
                    flat      | , array x: its shape is (5, 12), which is no images × height × width
                    fortran   | , array x: it is in Fortran's order
                    texts     | , array y: its values have the type <U1, which is no number
                    fewer     | , array x: it holds 5 images and y 4 labels
                    weights   | : its arrays are c1.weight, without x_train and y_train
                    """)
    void refuses(String name, String reason) throws IOException {
        Path file = put(name, "bad.npz");

        assertThatThrownBy(() -> read(file, Split.TRAIN).collect())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read " + file + reason);
    }

    @Test
    void refusesAHeaderThatSaysMoreThanThereIs() throws IOException {
        unzip("keras");
        byte[] array = Files.readAllBytes(folder.resolve("x_train.npy"));
        String header = new String(array, 0, 128, StandardCharsets.ISO_8859_1);
        byte[] larger = "(5000000000, 3, 4), }".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(larger, 0, array, header.indexOf("(5, 3, 4), }"), larger.length);
        Files.write(folder.resolve("x_train.npy"), array);

        assertThatThrownBy(() -> read(folder, Split.TRAIN))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + folder.resolve("x_train.npy")
                        + ": its header says (5000000000, 3, 4) of uint8, which 60 bytes are not."
                        + " Save it again, from an array of uint8 in C order.");
    }

    @Test
    void refusesDamagedBytes() throws IOException {
        Path file = put("compressed", "mnist.npz");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(file, bytes);

        assertThatThrownBy(() -> {
                    read(file, Split.TRAIN).collect();
                    read(file, Split.TEST).collect();
                })
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read " + file);
    }

    private static void assertImages(ImageTable table, ImageShape shape, int count, int more) {
        assertThat(table.shape()).isEqualTo(shape);
        try (PackedTable packed = table.pack()) {
            PackedImages images = packed.all().collect();
            assertThat(images.size()).isEqualTo(count);
            for (int j = 0; j < count; j++) {
                assertThat(packed.classes().values().get(images.label(j))).isEqualTo(String.valueOf(3 * j % 10 + more));
                for (int i = 0; i < shape.size(); i++) {
                    assertThat(images.pixels()[j * shape.size() + i] & 0xff).isEqualTo((7 * i + 31 * j) % 256);
                }
            }
        }
    }

    private ImageTable read(Path path, Split split) {
        return ImageReader.on(spark()).read(new ImageSource(path.toString(), "data.train", split, ImageFormats.AUTO));
    }

    private Path put(String resource, String name) throws IOException {
        try (InputStream in = open(resource)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private void unzip(String resource) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(open(resource))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
            }
        }
    }

    private static InputStream open(String resource) {
        return NumpyReadingTest.class.getResourceAsStream("/numpy/" + resource + ".npz");
    }
}
