package io.github.sparkcnn.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.csv.CsvWriter;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.Storage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest extends SparkTest {
    private static final ImageShape SHAPE = new ImageShape(1, 1, 2);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} images in {1} partitions for {2} workers")
    @CsvSource({"23,1,1", "23,5,1", "23,1,4", "23,3,4", "23,23,4", "23,40,4", "3,2,5", "1,1,3"})
    void dealsByPositionHoweverTheInputIsPartitioned(int images, int partitions, int workers) {
        try (Shares shares = table(images, partitions).shares(workers)) {
            List<PackedImages> dealt = shares.images().collect();

            assertThat(shares.images().getNumPartitions()).isEqualTo(workers);
            assertThat(dealt).hasSize(workers);
            assertThat(shares.size()).isEqualTo(images);
            assertThat(ClassCounts.of(shares, 10).counts().stream()
                            .mapToInt(n -> n)
                            .sum())
                    .isEqualTo(images);
            for (int worker = 0; worker < workers; worker++) {
                PackedImages share = dealt.get(worker);
                int first = worker;
                int[] expected = IntStream.range(0, images)
                        .filter(i -> i % workers == first)
                        .toArray();
                assertThat(share.indices()).containsExactly(expected);
                assertThat(shares.sizes().get(worker)).isEqualTo(expected.length);
                for (int k = 0; k < expected.length; k++) {
                    assertThat(share.label(k)).isEqualTo(expected[k] % 10);
                    assertThat(share.pixels()[2 * k]).isEqualTo((byte) expected[k]);
                    assertThat(share.pixels()[2 * k + 1]).isEqualTo((byte) (expected[k] + 100));
                }
            }
        }
    }

    /** Of 23 images, 5 in a step: worker 0 has the places 0 and 3, worker 1 has 1 and 4, worker 2 has 2. */
    @ParameterizedTest(name = "of {0} partitions")
    @ValueSource(ints = {1, 4})
    void dealsTheWholeStepsOfAllWorkersTogether(int partitions) {
        try (PackedTable packed = table(23, partitions).pack();
                Shares shares = packed.all().dealSteps(3, 5, 1)) {
            assertThat(shares.images().map(PackedImages::indices).collect())
                    .containsExactly(
                            new int[] {0, 3, 5, 8, 10, 13, 15, 18, 20},
                            new int[] {1, 4, 6, 9, 11, 14, 16, 19, 21},
                            new int[] {2, 7, 12, 17, 22});
            assertThat(shares.sizes()).containsExactly(9, 9, 5);
        }
    }

    /** Whether each worker has steps of its own, or {@code total} images are a step of all together. */
    @ParameterizedTest(name = "{0} images of {1} workers for {2}, a total of {3}")
    @CsvSource({
        "23,1,4,0",
        "23,4,1,0",
        "23,2,3,0",
        "23,3,2,0",
        "3,5,2,0",
        "3,2,5,0",
        "23,1,2,5",
        "23,2,3,7",
        "23,3,1,5",
        "3,1,2,5"
    })
    void imagesDealtAgainLieAsIfDealtAtFirst(int images, int before, int after, int total) {
        try (PackedTable packed = table(images, 3).pack();
                Shares first = packed.all().dealSteps(before, Math.max(before, total), 1);
                Shares again = first.dealtTo(after, Math.max(after, total));
                Shares atFirst = packed.all().dealSteps(after, Math.max(after, total), 1)) {
            assertThat(again.sizes()).isEqualTo(atFirst.sizes());
            List<PackedImages> expected = atFirst.images().collect();
            List<PackedImages> dealt = again.images().collect();
            for (int worker = 0; worker < after; worker++) {
                assertThat(dealt.get(worker).indices())
                        .isEqualTo(expected.get(worker).indices());
                assertThat(dealt.get(worker).labels())
                        .isEqualTo(expected.get(worker).labels());
                assertThat(dealt.get(worker).pixels())
                        .isEqualTo(expected.get(worker).pixels());
            }
        }
    }

    /** Batches of 4 stay together: the oracle is a first deal beside the same training images. */
    @ParameterizedTest(name = "of {0} workers for {1}")
    @CsvSource({"1,2", "3,2", "2,1"})
    void imagesDealtBesideOthersLieAsIfDealtAtFirst(int before, int after) {
        try (PackedTable packed = table(23, 3).pack();
                Shares training = packed.all().deal(before);
                Shares first = packed.all().dealBatches(training, 4);
                Shares trainingAgain = packed.all().deal(after);
                Shares again = first.dealtBeside(trainingAgain);
                Shares atFirst = packed.all().dealBatches(trainingAgain, 4)) {
            assertThat(again.images().map(PackedImages::indices).collect())
                    .containsExactlyElementsOf(
                            atFirst.images().map(PackedImages::indices).collect());
        }
    }

    @Test
    void collectsInOrder() {
        PackedImages all = table(200, 7).collect();

        assertThat(all.indices()).containsExactly(IntStream.range(0, 200).toArray());
        assertThat(all.pixels()[2 * 199]).isEqualTo((byte) 199);
    }

    @Test
    void leavesNothingInMemoryOnceClosed() {
        jsc().getPersistentRDDs().values().forEach(rdd -> rdd.unpersist(true));

        Shares shares = table(20, 2).shares(2);
        assertThat(jsc().getPersistentRDDs()).hasSize(1);
        shares.close();
        assertThat(jsc().getPersistentRDDs()).isEmpty();
    }

    @Test
    void readsTheInputOnce() {
        var reads = jsc().sc().longAccumulator();
        Dataset<Row> counted = spark().createDataFrame(
                        table(50, 3).rows().javaRDD().map(row -> {
                            reads.add(1);
                            return row;
                        }),
                        ImageTable.SCHEMA);

        ImageTable.of("counted", counted, SHAPE, 10).shares(4).close();

        assertThat(reads.value()).isEqualTo(50);
    }

    @Test
    void takesAParquetTableOfOnesOwn() {
        String parquet = folder.resolve("table").toString();
        table(30, 1).rows().selectExpr("'x' AS note", "pixels", "label").write().parquet(parquet);

        ImageTable table = ImageTable.of("table", spark().read().parquet(parquet), SHAPE, 10);

        assertThat(table.collect().labels()).isEqualTo(table(30, 1).collect().labels());
    }

    @Test
    void refusesADataFrameWithoutTheColumns() {
        Dataset<Row> other = spark().range(3).selectExpr("id AS label", "CAST('x' AS BINARY) AS pixels");

        assertThatThrownBy(() -> ImageTable.of("other", other, SHAPE, 10).collect())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot pack the images: the DataFrame's columns are struct<label:bigint,pixels:binary>,"
                        + " without label INT. Select label INT and pixels BINARY.");
    }

    @Test
    void refusesRowsThatAreNoImages() {
        assertRefused(RowFactory.create(1, new byte[3]), "a row of 3 pixels, where images are 1×1×2");
        assertRefused(RowFactory.create(null, new byte[2]), "a row without label or pixels");
    }

    @Test
    void refusesAnEmptyDataFrame() {
        ImageTable empty = ImageTable.of("nothing", spark().createDataFrame(List.of(), ImageTable.SCHEMA), SHAPE, 10);

        assertThatThrownBy(() -> empty.shares(2))
                .hasMessage("Cannot read nothing: it holds no image. Name a file with one image a row.");
    }

    @Test
    void aCsvOfTheImagesReadsAsTheSameImages() {
        PackedImages images =
                ImageTable.of("square", table(40, 2).rows(), SHAPE, 10).collect();
        ImageShape square = new ImageShape(1, 2, 2);
        PackedImages written = new PackedImages(
                square, Arrays.copyOf(images.labels(), 20), images.pixels(), Arrays.copyOf(images.indices(), 20));
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        for (String name : new String[] {"train.csv", "train.csv.gz"}) {
            String path = folder.resolve(name).toString();
            CsvWriter.write(storage, storage.path(path), written);

            ImageTable read = ImageReader.on(spark())
                    .read(new ImageSource(path, "--data", Split.TRAIN, ImageFormats.AUTO, Malformed.FAIL, 10));
            assertThat(read.collect().pixels()).isEqualTo(written.pixels());
            assertThat(read.collect().labels()).isEqualTo(written.labels());
        }
    }

    private static void assertRefused(Row row, String found) {
        StructType nullable =
                new StructType().add("label", DataTypes.IntegerType).add("pixels", DataTypes.BinaryType);
        Dataset<Row> rows = spark().createDataFrame(List.of(row), nullable);

        assertThatThrownBy(() -> ImageTable.of("bad", rows, SHAPE, 10).collect())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot pack the images: the DataFrame has " + found
                        + ". Correct the rows, each a label and the bytes of one image.");
    }

    /** Image i has label i mod 10 and the pixels i, i + 100. */
    private static ImageTable table(int images, int partitions) {
        List<Row> rows = IntStream.range(0, images)
                .mapToObj(i -> RowFactory.create(i % 10, new byte[] {(byte) i, (byte) (i + 100)}))
                .toList();
        return ImageTable.of(
                "numbers", spark().createDataFrame(jsc().parallelize(rows, partitions), ImageTable.SCHEMA), SHAPE, 10);
    }
}
