package io.github.sparkcnn.data.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.ClassCounts;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.Storage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleGarmentsTest extends SparkTest {

    @Test
    void sameSeedSameImages() {
        assertThat(SampleGarments.draw(Split.TRAIN, 50, 1).pixels())
                .isEqualTo(SampleGarments.draw(Split.TRAIN, 50, 1).pixels());
    }

    @Test
    void anotherSeedOrHalfIsAnotherSample() {
        byte[] pixels = SampleGarments.draw(Split.TRAIN, 50, 1).pixels();

        assertThat(SampleGarments.draw(Split.TRAIN, 50, 2).pixels()).isNotEqualTo(pixels);
        assertThat(SampleGarments.draw(Split.TEST, 50, 1).pixels()).isNotEqualTo(pixels);
    }

    @Test
    void aLargerSampleBeginsWithTheSmaller() {
        PackedImages small = SampleGarments.draw(Split.TRAIN, 30, 1);
        PackedImages large = SampleGarments.draw(Split.TRAIN, 60, 1);

        assertThat(Arrays.copyOf(large.pixels(), small.pixels().length)).isEqualTo(small.pixels());
        assertThat(Arrays.copyOf(large.labels(), 30)).isEqualTo(small.labels());
    }

    @Test
    void everyTenImagesAreTheTenKinds() {
        int[] labels = SampleGarments.draw(Split.TEST, 40, 1).labels();

        for (int from = 0; from < 40; from += 10) {
            int[] ten = Arrays.copyOfRange(labels, from, from + 10);
            Arrays.sort(ten);
            assertThat(ten).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
        assertThat(SampleGarments.labels()).hasSize(10).contains("T-shirt", "Boot");
    }

    @Test
    void sparkDrawsTheSame() {
        ImageTable table = ImageTable.of(SampleImages.of(jsc(), Split.TRAIN, 1_100, 3), spark());

        assertThat(table.rows().rdd().getNumPartitions()).isEqualTo(2);
        assertThat(table.collect().pixels())
                .isEqualTo(SampleGarments.draw(Split.TRAIN, 1_100, 3).pixels());
    }

    @Test
    void theFilesReadAsTheSample(@TempDir Path folder) {
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());

        SampleFiles.Result files = SampleFiles.of(
                        new DataConfig.Sample(30, 20, 4), storage, storage.path(folder.toString()))
                .execute();

        PackedImages read = ImageReader.on(spark())
                .read(new ImageSource(
                        files.test().toString(),
                        "data.test",
                        Split.TEST,
                        ImageFormats.AUTO,
                        DataConfig.Malformed.FAIL,
                        10))
                .collect();
        assertThat(read.pixels())
                .isEqualTo(SampleGarments.draw(Split.TEST, 20, 4).pixels());
        assertThat(ClassCounts.of(read, 10).counts()).containsOnly(2).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({"sample:train, TRAIN, 1_030", "sample:test, TEST, 20"})
    void isReadWithoutFiles(String path, Split half, String count) {
        int images = Integer.parseInt(count.replace("_", ""));
        DataConfig data = ConfigurationReader.read(
                        "the sample", "data.sample { train-images = 1030, test-images = 20, seed = 4 }", List.of())
                .data();
        ImageTable table = new ImageReader(spark(), Storage.ofLocalMaster(jsc().hadoopConfiguration()))
                .read(ImageSource.of(path, "--data", Split.TEST, data));

        try (PackedTable packed = table.pack()) {
            PackedImages expected = SampleGarments.draw(half, images, 4);
            PackedImages read = packed.all().collect();
            assertThat(read.pixels()).isEqualTo(expected.pixels());
            assertThat(read.labels()).isEqualTo(expected.labels());
            assertThat(packed.files()).singleElement().satisfies(file -> {
                assertThat(file.path()).isEqualTo(path);
                assertThat(file.bytes()).isEqualTo(785L * images);
                assertThat(file.md5()).hasSize(32);
            });
        }
    }

    /** Between chance and what the CNN reaches (0.94 after four epochs): the sample is neither noise nor trivial. */
    @Test
    void aLinearModelIsFarFromSolvingIt() {
        PackedImages train = SampleGarments.draw(Split.TRAIN, 2_000, 1);
        PackedImages test = SampleGarments.draw(Split.TEST, 500, 1);

        double accuracy = LinearModel.trainedOn(train, 8).accuracy(test);

        assertThat(accuracy).isBetween(0.55, 0.85);
    }
}
