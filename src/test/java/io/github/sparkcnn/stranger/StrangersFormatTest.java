package io.github.sparkcnn.stranger;

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
import io.github.sparkcnn.image.PackedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A format of image files in somebody else's jar, read on the executors. */
class StrangersFormatTest extends SparkTest {

    @Test
    void aFileOfTheirsIsKnownByItsName(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("two.raw"), new byte[] {7, 1, 2, 3, 4, 0, 5, 6, 7, 8});

        try (StrangersJar jar = StrangersJar.open(folder)) {
            jsc().addJar(jar.path().toString());
            ImageTable table = ImageReader.on(spark())
                    .read(new ImageSource(
                            file.toString(), "--data", Split.TRAIN, ImageFormats.AUTO, Malformed.FAIL, 10));
            try (PackedTable packed = table.pack()) {
                PackedImages images = packed.all().collect();
                assertThat(images.labels()).containsExactly(7, 0);
                assertThat(images.pixels()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
                assertThat(packed.files())
                        .singleElement()
                        .satisfies(read -> assertThat(read.bytes()).isEqualTo(10));
            }
        }
    }

    @Test
    void aFileOfTheirsThatIsCutIsRefusedInTheirWords(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("cut.raw"), new byte[] {7, 1, 2, 3, 4, 0, 5});

        try (StrangersJar jar = StrangersJar.open(folder)) {
            jsc().addJar(jar.path().toString());
            ImageTable table = ImageReader.on(spark())
                    .read(new ImageSource(file.toString(), "--data", Split.TRAIN, "raw-bytes", Malformed.FAIL, 10));

            assertThatThrownBy(table::collect)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("it ends within an image");
        }
    }

    @Test
    void aLabelOfTheirsThatNoClassHasIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("two.raw"), new byte[] {7, 1, 2, 3, 4, 0, 5, 6, 7, 8});

        try (StrangersJar jar = StrangersJar.open(folder)) {
            jsc().addJar(jar.path().toString());
            ImageTable table = ImageReader.on(spark())
                    .read(new ImageSource(file.toString(), "--data", Split.TRAIN, "raw-bytes", Malformed.FAIL, 2));

            assertThatThrownBy(table::collect)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("an image has label 7, outside 0..1");
        }
    }
}
