package io.github.sparkcnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.ClassCounts;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the official files, in the folder that the environment variable SPARKCNN_DATA names. */
@Tag("real-data")
class OfficialDataIT extends SparkTest {

    @Test
    void readsAllImagesOfMnist() {
        ImageTable train = read(data("mnist").toString(), Split.TRAIN);
        ImageTable test = read(data("mnist").toString(), Split.TEST);

        assertThat(ClassCounts.of(train.collect(), 10).counts())
                .isEqualTo(List.of(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949));
        assertThat(ClassCounts.of(test.collect(), 10).counts())
                .isEqualTo(List.of(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009));
        try (PackedTable packed = train.pack()) {
            assertThat(packed.files())
                    .extracting(DataFile::md5)
                    .containsExactly("f68b3c2dcbeaaa9fbdd348bbdeb94873", "d53e105ee54ea40749a09fcbcd1e9432");
        }
    }

    @Test
    void fashionMnistIsTheSameFromIdxAndFromCsv(@TempDir Path folder) {
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        String csv = folder.resolve("train.csv").toString();
        ImageSource idx = source(data("fashion-mnist").toString(), Split.TRAIN);

        CsvExport.Result written = CsvExport.of(ImageReader.on(spark()), idx, storage, storage.path(csv))
                .execute();
        PackedImages fromIdx = ImageReader.on(spark()).read(idx).collect();
        PackedImages fromCsv = read(csv, Split.TRAIN).collect();

        assertThat(written.images()).isEqualTo(60_000);
        assertThat(ClassCounts.of(fromIdx, 10).counts()).containsOnly(6_000);
        assertThat(Arrays.equals(fromCsv.pixels(), fromIdx.pixels())).isTrue();
        assertThat(Arrays.equals(fromCsv.labels(), fromIdx.labels())).isTrue();
    }

    private static Path data(String name) {
        String home = System.getenv("SPARKCNN_DATA");
        assumeTrue(
                home != null,
                "THE OFFICIAL FILES ARE NOT TESTED: SPARKCNN_DATA names no folder with fashion-mnist and mnist");
        Path folder = Path.of(home, name);
        assumeTrue(Files.isDirectory(folder), "THE OFFICIAL FILES ARE NOT TESTED: " + folder + " is not there");
        return folder;
    }

    private static ImageTable read(String path, Split split) {
        return ImageReader.on(spark()).read(source(path, split));
    }

    private static ImageSource source(String path, Split split) {
        return new ImageSource(path, "--data", split, ImageFormats.AUTO, Malformed.FAIL, 10);
    }
}
