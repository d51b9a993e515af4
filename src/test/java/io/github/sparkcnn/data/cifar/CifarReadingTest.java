package io.github.sparkcnn.data.cifar;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.image.ImageShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarReadingTest extends SparkTest {
    private static final int SIZE = 3 * 32 * 32;

    @TempDir
    Path folder;

    private final byte[] pixels = new byte[4 * SIZE];

    @BeforeEach
    void makeUp() {
        new Random(5).nextBytes(pixels);
    }

    @Test
    void readsAllBatchesInOrderAndNamesTheClasses() throws IOException {
        Files.write(folder.resolve("data_batch_2.bin"), records(1, 2, 4, 2, 0));
        Files.write(folder.resolve("data_batch_1.bin"), records(1, 0, 2, 1, 2));
        Files.write(folder.resolve("test_batch.bin"), records(1, 3, 4, 0));
        Files.writeString(folder.resolve("batches.meta.txt"), "airplane\nautomobile\nbird\n\n");

        try (PackedTable train = read("", Split.TRAIN).pack();
                PackedTable test = read("", Split.TEST).pack()) {
            assertThat(train.classes().names()).containsExactly("airplane", "automobile", "bird");
            assertThat(train.all().collect().shape()).isEqualTo(new ImageShape(3, 32, 32));
            assertThat(train.all().collect().labels()).containsExactly(1, 2, 2, 0);
            assertThat(train.all().collect().pixels()).isEqualTo(pixels);
            assertThat(train.files()).hasSize(2);
            assertThat(test.all().collect().labels()).containsExactly(0);
        }
        assertThat(read("data_batch_2.bin", Split.TRAIN).collect().labels()).containsExactly(2, 0);
    }

    @Test
    void theFineLabelIsTheClassOfCifar100() throws IOException {
        Files.write(folder.resolve("train.bin"), records(2, 0, 2, 1, 0));
        Files.writeString(folder.resolve("fine_label_names.txt"), "apple\naquarium_fish\n");

        try (PackedTable train = read("", Split.TRAIN).pack()) {
            assertThat(train.classes().names()).containsExactly("apple", "aquarium_fish");
            assertThat(train.all().collect().labels()).containsExactly(1, 0);
            assertThat(train.all().collect().pixels()).isEqualTo(Arrays.copyOf(pixels, 2 * SIZE));
        }
    }

    @Test
    void refusesACutFileAMissingHalfAndALabelWithoutName() throws IOException {
        Files.write(folder.resolve("data_batch_1.bin"), Arrays.copyOf(records(1, 0, 2, 1, 2), 5000));
        assertRefused(Split.TRAIN, "data_batch_1.bin: it has 5000 bytes, no multiple of the 3073 of an image.");
        assertRefused(Split.TEST, ": there is no test batch in it.");

        Files.write(folder.resolve("data_batch_1.bin"), records(1, 0, 2, 1, 2));
        Files.writeString(folder.resolve("batches.meta.txt"), "airplane\nautomobile\n");
        assertRefused(Split.TRAIN, "data_batch_1.bin: image 1 has label 2, outside 0..1.");
    }

    @Test
    void theSameImagesInEveryFormatAreTheSame() throws IOException {
        Files.write(folder.resolve("data_batch_1.bin"), records(1, 0, 4, 3, 1, 0, 1));
        ByteBuffer idx = ByteBuffer.allocate(20 + pixels.length);
        idx.putInt(2052).putInt(4).putInt(3).putInt(32).putInt(32).put(pixels);
        Files.write(folder.resolve("mine-images-idx4-ubyte"), idx.array());
        Files.write(
                folder.resolve("mine-labels-idx1-ubyte"),
                ByteBuffer.allocate(12)
                        .putInt(2049)
                        .putInt(4)
                        .put(new byte[] {3, 1, 0, 1})
                        .array());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("mine.npz")))) {
            array(zip, "x_train", "(4, 32, 32, 3)", interleaved());
            array(zip, "y_train", "(4, 1)", new byte[] {3, 1, 0, 1});
        }

        for (String name : new String[] {"mine-images-idx4-ubyte", "mine.npz"}) {
            try (PackedTable cifar = read("data_batch_1.bin", Split.TRAIN).pack();
                    PackedTable other = read(name, Split.TRAIN).pack()) {
                assertThat(other.classes()).isEqualTo(cifar.classes());
                assertThat(other.all().collect().shape())
                        .isEqualTo(cifar.all().collect().shape());
                assertThat(other.all().collect().labels())
                        .isEqualTo(cifar.all().collect().labels());
                assertThat(other.all().collect().pixels())
                        .isEqualTo(cifar.all().collect().pixels());
            }
        }
    }

    private byte[] interleaved() {
        byte[] values = new byte[pixels.length];
        for (int i = 0; i < 4; i++) {
            for (int channel = 0; channel < 3; channel++) {
                for (int place = 0; place < 1024; place++) {
                    values[i * SIZE + place * 3 + channel] = pixels[i * SIZE + channel * 1024 + place];
                }
            }
        }
        return values;
    }

    private static void array(ZipOutputStream zip, String name, String shape, byte[] values) throws IOException {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }\n";
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        zip.write(header.getBytes(US_ASCII));
        zip.write(values);
    }

    /** The images {@code from … to − 1}, behind so many labels each, of which the last is the class. */
    private byte[] records(int labels, int from, int to, int... classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = bytes) {
            for (int i = from; i < to; i++) {
                out.write(new byte[labels - 1]);
                out.write(classes[i - from]);
                out.write(pixels, i * SIZE, SIZE);
            }
        }
        return bytes.toByteArray();
    }

    private void assertRefused(Split split, String message) {
        assertThatThrownBy(() -> read("", split).collect())
                .isInstanceOf(UserException.class)
                .hasMessageContaining(message);
    }

    private ImageTable read(String name, Split split) {
        return ImageReader.on(spark())
                .read(new ImageSource(folder.resolve(name).toString(), "data.train", split, ImageFormats.AUTO));
    }
}
