package io.github.sparkcnn.data.table;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a table holds images as, they are the same images in the same order. */
class TableReadingTest extends SparkTest {

    private static final int IMAGES = 60;
    private static final ImageShape COLOUR = new ImageShape(3, 5, 7);

    @TempDir
    static Path folder;

    private static PackedImages grey;
    private static PackedImages colour;
    private static int names;

    @BeforeAll
    static void drawImages() {
        grey = SampleGarments.draw(Split.TRAIN, IMAGES, 1);
        byte[] pixels = new byte[IMAGES * COLOUR.size()];
        new Random(2).nextBytes(pixels);
        colour = new PackedImages(COLOUR, grey.labels(), pixels, grey.indices());
    }

    @Test
    void bytes() {
        assertSame(grey, tables().of(BinaryType, tables()::pixels));
        assertSame(colour, inColour().of(BinaryType, inColour()::pixels), "data.shape=[3,5,7]");
    }

    @Test
    void pictures() {
        assertSame(grey, tables().of(BinaryType, tables()::png));
        assertSame(colour, inColour().of(BinaryType, inColour()::png));
    }

    @Test
    void imageStructs() {
        assertSame(grey, tables().of(Tables.IMAGE_STRUCT, tables()::struct));
        assertSame(colour, inColour().of(Tables.IMAGE_STRUCT, inColour()::struct));
    }

    @Test
    void arrays() {
        assertSame(grey, tables().of(createArrayType(IntegerType), tables()::numbers));
        assertSame(
                grey,
                tables().of(createArrayType(IntegerType), tables()::numbers)
                        .withColumn("image", functions.col("image").cast(createArrayType(FloatType))));
        DataType nested = createArrayType(createArrayType(createArrayType(IntegerType)));
        assertSame(colour, inColour().of(nested, inColour()::nested));
        assertSame(grey, tables().of(nested, tables()::nested));
    }

    @Test
    void vectors() {
        assertSame(grey, tables().of(SQLDataTypes.VectorType(), tables()::dense));
        assertSame(grey, tables().of(SQLDataTypes.VectorType(), tables()::sparse));
        assertSame(colour, inColour().of(SQLDataTypes.VectorType(), inColour()::sparse), "data.shape=[3,5,7]");
    }

    /** Their order is that of their numbers, wherever the columns stand. */
    @Test
    void columnsOfNumbers() {
        StructType schema = new StructType();
        List<Integer> order = new ArrayList<>();
        for (int p = 783; p >= 0; p--) {
            schema = schema.add("pixel" + p, p % 2 == 0 ? IntegerType : DoubleType);
            order.add(p);
        }
        Dataset<Row> table = tables().table(schema.add("class", LongType).add("id", IntegerType), i -> {
            List<Object> values = new ArrayList<>();
            order.forEach(p ->
                    values.add(p % 2 == 0 ? (Object) tables().pixel(i, p) : (Object) (double) tables().pixel(i, p)));
            values.add((long) grey.label(i));
            values.add(i);
            return RowFactory.create(values.toArray());
        });

        assertSame(grey, table);
    }

    @Test
    void filesOfEveryKind() throws IOException {
        Dataset<Row> table = tables().of(createArrayType(IntegerType), tables()::numbers);
        for (String format : List.of("orc", "json")) {
            String path = path();
            table.write().format(format).save(path);
            assertThat(read(path).collect().pixels()).as(format).isEqualTo(grey.pixels());
        }
        String path = path();
        table.coalesce(1).write().option("compression", "gzip").json(path);
        Path lines = Files.move(part(path), folder.resolve("lines.jsonl.gz"));
        assertThat(read(lines.toString()).collect().pixels()).isEqualTo(grey.pixels());
    }

    @Test
    void oneFileAlone() throws IOException {
        String path = path();
        tables().of(BinaryType, tables()::pixels).coalesce(1).write().parquet(path);
        Path alone = Files.move(part(path), folder.resolve("images [1]*.data"));

        assertThat(read(alone.toString()).collect().pixels()).isEqualTo(grey.pixels());
    }

    @Test
    void folderOfPartitions() {
        String path = path();
        tables().of(BinaryType, tables()::pixels).write().partitionBy("label").parquet(path);

        PackedImages read = read(path).collect();

        assertThat(read.size()).isEqualTo(IMAGES);
        assertThat(read.labels()).isSorted();
    }

    @Test
    void aTableOfTheCatalogueAndAView() {
        Dataset<Row> table = tables().of(BinaryType, tables()::pixels);
        table.createOrReplaceTempView("photos_view");
        table.write().saveAsTable("default.photos_table");
        try {
            assertThat(read("table:photos_view").collect().pixels()).isEqualTo(grey.pixels());
            assertThat(read("table:default.photos_table").collect().pixels()).isEqualTo(grey.pixels());
        } finally {
            spark().sql("DROP TABLE default.photos_table");
            spark().catalog().dropTempView("photos_view");
        }
        assertThatThrownBy(() -> read("table:no.such"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot read table:no.such: there is no table or view no.such in Spark's catalogue, which is in"
                                + " memory (spark.sql.catalogImplementation). Set data.train to table:NAME as SQL names it, and"
                                + " give Spark the catalogue's settings.");
    }

    @Test
    void theManifestKnowsTheFilesOrWhatAViewGave() {
        String path = written(tables().of(BinaryType, tables()::pixels));
        tables().of(BinaryType, tables()::pixels).createOrReplaceTempView("summed");
        try (PackedTable files = read(path).pack();
                PackedTable view = read("table:summed").pack()) {
            assertThat(files.files()).hasSize(3).allMatch(file -> file.path().contains("part-0000"));
            assertThat(view.files()).extracting(DataFile::path).containsExactly("table:summed");
            assertThat(view.files().get(0).bytes()).isEqualTo(IMAGES * (4L + 784));
        }
    }

    @Test
    void labelsOfEveryType() {
        assertClasses(StringType, i -> "garment " + grey.label(i), "garment 0", "garment 1");
        assertClasses(LongType, i -> 10_000_000_000L + grey.label(i), "10000000000", "10000000001");
        assertClasses(DoubleType, i -> (double) grey.label(i), "0", "1");
        assertClasses(StringType, i -> String.valueOf(12 - grey.label(i)), "3", "4");
        assertClasses(BooleanType, i -> grey.label(i) > 4, "false", "true");
        assertClasses(IntegerType, i -> -5 * grey.label(i), "-45", "-40");
    }

    @Test
    void theClassesThatAreGivenCount() {
        String path =
                written(tables().of(BinaryType, tables()::pixels, StringType, i -> grey.label(i) == 0 ? "x" : "y"));

        assertThat(read(path, "data.labels={x=one, y=other, z=none}").collect().labels())
                .containsExactly(Arrays.stream(grey.labels())
                        .map(label -> label == 0 ? 0 : 1)
                        .toArray());
        assertThatThrownBy(() -> read(path, "data.labels={y=one, z=other}").collect())
                .hasMessageContaining("has label x, none of y, z.");
    }

    private static void assertClasses(DataType type, IntFunction<Object> label, String... first) {
        String path = written(tables().of(BinaryType, tables()::pixels, type, label));
        try (PackedTable packed = read(path).pack()) {
            assertThat(packed.classes().values()).startsWith(first);
            int[] labels = packed.all().collect().labels();
            for (int i = 0; i < IMAGES; i++) {
                Object value = label.apply(i);
                String text = value instanceof Double number ? String.valueOf(number.longValue()) : value.toString();
                assertThat(packed.classes().values().get(labels[i])).isEqualTo(text);
            }
        }
    }

    private static void assertSame(PackedImages expected, Dataset<Row> table, String... settings) {
        PackedImages read = read(written(table), settings).collect();
        assertThat(read.shape()).isEqualTo(expected.shape());
        assertThat(read.labels()).isEqualTo(expected.labels());
        assertThat(read.pixels()).isEqualTo(expected.pixels());
    }

    private static String written(Dataset<Row> table) {
        String path = path();
        table.write().parquet(path);
        return path;
    }

    private static Path part(String path) throws IOException {
        try (var files = Files.list(Path.of(path))) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String path() {
        return folder.resolve("table" + names++).toString();
    }

    private static ImageTable read(String path, String... settings) {
        List<String> all = new ArrayList<>(List.of("data.train=\"" + path + "\""));
        all.addAll(List.of(settings));
        return ImageReader.on(spark())
                .read(ImageSource.train(
                        ConfigurationReader.read("test", "", all).data()));
    }

    private static Tables tables() {
        return new Tables(spark(), grey);
    }

    private static Tables inColour() {
        return new Tables(spark(), colour);
    }
}
