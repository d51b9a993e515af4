package io.github.sparkcnn.data.table;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
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
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.image.PackedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table may not hold is refused in words that name row, column and remedy, or dropped and counted. */
class MalformedTableTest extends SparkTest {

    private static final int IMAGES = 30;
    private static final int BAD = 9;

    @TempDir
    static Path folder;

    private static PackedImages images;
    private static Tables tables;
    private static int names;

    @BeforeAll
    static void drawImages() {
        images = SampleGarments.draw(Split.TRAIN, IMAGES, 1);
        tables = new Tables(spark(), images);
    }

    @Test
    void aRowIsNamedByItsFileAndItsId() {
        String path = written(tables.of(BinaryType, i -> i == BAD ? null : tables.pixels(i)));

        assertThatThrownBy(() -> read(path).collect())
                .isInstanceOf(UserException.class)
                .message()
                .matches("Cannot read \\Q" + path + "\\E: a row of \\Q" + path
                        + "\\E/part-00001-\\S+ whose id is 9 has no image"
                        + " \\(null\\)\\. Correct the row, or set data\\.malformed = drop to leave bad rows out\\.");
    }

    @Test
    void badRowsAreDroppedAndCounted() {
        String path = written(tables.of(
                BinaryType,
                i -> i == 20 ? new byte[3] : tables.pixels(i),
                IntegerType,
                i -> i == BAD ? null : images.label(i)));
        ImageTable table = read(path, "data.malformed=drop");

        assertThat(table.collect().size()).isEqualTo(IMAGES - 2);
        assertThat(table.diagnosis().dropped()).hasValueSatisfying(dropped -> {
            assertThat(dropped.count()).isEqualTo(2);
            assertThat(dropped.first()).contains("whose id is 9, which has no label (null)");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''     | it has no columns. Name whole files of json.
            [1,2   | no line of it is an object of JSON. Name whole files of json.
            """)
    void jsonWithoutAnObjectIsNoTable(String text, String reason) throws IOException {
        Path json = folder.resolve("none.json");
        Files.writeString(json, text);

        assertThatThrownBy(() -> read(json.toString()))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + json + ": " + reason);
    }

    @Test
    void pixelsAreWholeNumbersOfAByte() {
        assertRefused(
                createArrayType(IntegerType), 256, "has a pixel of 256.0, and pixels are whole numbers from 0 to 255");
        assertRefused(createArrayType(IntegerType), -1, "has a pixel of -1.0, and");
        assertRefused(
                createArrayType(DoubleType),
                0.5,
                "has a pixel of 0.5: pixels are whole numbers from 0 to 255,"
                        + " so multiply those between 0 and 1 by 255");
        assertRefused(createArrayType(DoubleType), Double.NaN, "has a pixel of NaN, and");
        assertRefused(createArrayType(IntegerType), null, "has no value for pixel 5 (null)");
    }

    @Test
    void labelsAreWhole() {
        String path = written(tables.of(BinaryType, tables::pixels, DoubleType, i -> i == BAD ? 0.5 : 1.0));

        assertThatThrownBy(() -> read(path).collect())
                .hasMessageContaining("whose id is 9 has label 0.5, no whole number.");
    }

    @Test
    void aDamagedOrLargerPictureIsARowOfItsOwn() {
        byte[] cut = java.util.Arrays.copyOf(tables.png(0), 90);
        String path = written(tables.of(BinaryType, i -> i == BAD ? cut : tables.png(i)));

        assertThatThrownBy(() -> read(path).collect()).hasMessageContaining("whose id is 9 ");
        assertThat(read(path, "data.malformed=drop").collect().size()).isEqualTo(IMAGES - 1);
    }

    @Test
    void columnsThatCouldEachBeItAreNamed() {
        Dataset<Row> table = tables.of(BinaryType, tables::pixels);
        assertThatThrownBy(() -> read(written(table.selectExpr("*", "label AS target"))))
                .hasMessageContaining(": columns label, target could each be the label. Name one of them in"
                        + " data.columns.label.");
        assertThatThrownBy(() -> read(written(table.selectExpr("label", "image AS front", "image AS back"))))
                .hasMessageContaining(
                        ": columns front, back could each be the image. Name one of them in" + " data.columns.image.");
        String named = written(table.selectExpr("label + 1 AS y", "label", "image AS front", "image AS back"));
        assertThat(read(named, "data.columns.label=label", "data.columns.image=back")
                        .collect()
                        .pixels())
                .isEqualTo(images.pixels());
        assertThatThrownBy(() -> read(named, "data.columns.label=lable", "data.columns.image=back"))
                .hasMessageContaining(
                        ": it has no column lable; there are y, label, front, back. Correct data.columns.label.");
    }

    @Test
    void columnsThatAreMissingAreNamed() {
        Dataset<Row> table = tables.of(BinaryType, tables::pixels);
        assertThatThrownBy(() -> read(written(table.select("id", "image"))))
                .hasMessageContaining(": no column is called label, class, target or y; there are id, image."
                        + " Name the column in data.columns.label.");
        assertThatThrownBy(() -> read(written(table.selectExpr("label", "'a' AS image"))))
                .hasMessageContaining(": no column holds images; there are label, image.");
        assertThatThrownBy(() -> read(written(table.selectExpr("current_date() AS label", "image"))))
                .hasMessageContaining(": column label is date. Name a column of numbers, booleans or texts");
    }

    @Test
    void shapesThatDoNotFit() {
        String path = written(tables.of(BinaryType, i -> new byte[30]));
        assertThatThrownBy(() -> read(path))
                .hasMessageContaining(
                        ": they have 30 values, which are no square grey image. Say their shape in data.shape");
        assertThatThrownBy(() -> read(path, "data.shape=[1,5,7]"))
                .hasMessageContaining(": they have 30 values, and data.shape is 1×5×7.");
        assertThat(read(path, "data.shape=[1,5,6]").collect().size()).isEqualTo(IMAGES);
    }

    @Test
    void labelsThatAreNoClasses() {
        String path = written(tables.of(BinaryType, tables::pixels, StringType, i -> "name " + i));
        assertThatThrownBy(() -> read(path))
                .hasMessageContaining(": its column label has 30 different labels, such as name 0.");
    }

    @Test
    void filesThatOnlyAnotherReaderKnows() throws IOException {
        Path avro = folder.resolve("x.avro");
        Files.write(avro, new byte[] {'O', 'b', 'j', 1, 0});
        assertThatThrownBy(() -> read(avro.toString()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(": it is Avro, which this Spark does not read."
                        + " Give Spark the package org.apache.spark:spark-avro_2.12:3.5");
        Path broken = folder.resolve("broken.parquet");
        Files.write(broken, new byte[] {'P', 'A', 'R', '1', 0, 1, 2, 3});
        assertThatThrownBy(() -> read(broken.toString())).isInstanceOf(UserException.class);
        String delta = written(tables.of(BinaryType, tables::pixels));
        Files.createDirectory(Path.of(delta, "_delta_log"));
        assertThatThrownBy(() -> read(delta))
                .hasMessageContaining(": it is a table of Delta Lake, whose files are not all of one version.");
    }

    private static void assertRefused(DataType type, Object pixel, String reason) {
        IntFunction<Object> image = i -> {
            List<Object> numbers = new ArrayList<>(
                    Collections.nCopies(784, type.equals(createArrayType(IntegerType)) ? (Object) 7 : (Object) 7.0));
            numbers.set(5, i == BAD ? pixel : numbers.get(4));
            return numbers;
        };
        assertThatThrownBy(() -> read(written(tables.of(type, image))).collect())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("whose id is 9 " + reason);
    }

    private static String written(Dataset<Row> table) {
        String path = folder.resolve("table" + names++).toString();
        table.write().parquet(path);
        return path;
    }

    private static ImageTable read(String path, String... settings) {
        List<String> all = new ArrayList<>(List.of("data.train=" + path));
        all.addAll(List.of(settings));
        return ImageReader.on(spark())
                .read(ImageSource.train(
                        ConfigurationReader.read("test", "", all).data()));
    }
}
