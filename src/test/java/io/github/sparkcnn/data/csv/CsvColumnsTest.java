package io.github.sparkcnn.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which column is the class, which are the image, and what becomes of the others. */
class CsvColumnsTest extends SparkTest {

    private static final String LAST = "pixel0,pixel1,pixel2,pixel3,kind,label\n1,2,3,4,7,1\n5,6,7,8,9,2\n";

    @TempDir
    Path folder;

    @Test
    void theConfigurationNamesTheColumns() throws IOException {
        write(LAST);

        PackedImages images = read("data.columns.label=KIND").collect();
        assertThat(labels("data.columns.label=kind")).containsExactly("7", "9");
        assertThat(images.pixels()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(read("data.columns.image=[pixel3,pixel2,pixel1,pixel0]")
                        .collect()
                        .pixels())
                .containsExactly(4, 3, 2, 1, 8, 7, 6, 5);
    }

    @Test
    void aColumnWithoutANameHasANumber() throws IOException {
        write("1,2,3,4,7\n5,6,7,8,9\n");

        assertThat(labels("data.columns.label=5")).containsExactly("7", "9");
        assertThat(labels()).containsExactly("1", "5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.columns.label=no | it has no column no. Set data.columns.label to one of pixel0, pixel1, pixel2, pixel3, kind, label.",
                "data.columns.image=[pixel0,x] | it has no column x. Set data.columns.image to one of pixel0,",
                "data.shape=[3,2,2] | its header has 6 columns, and a label and the values of a 3×2×2 image make 13.",
            })
    void refusesColumnsThatThereAreNot(String setting, String reason) throws IOException {
        write(LAST);

        assertThatThrownBy(() -> read(setting))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read " + file() + ": " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pixel0,pixel1,pixel2,pixel3,kind | no column of its header is the label: pixel0, pixel1 …. Name the label's column in data.columns.label, or call it label.",
                "id,pixel0,pixel1,pixel2,pixel3 | no column of its header is the label: id, pixel0 ….",
                "0,1,2,3,nothing | no column of its header is the label: 0, 1 ….",
            })
    void aHeaderThatNamesNoLabelIsNotIgnored(String header, String reason) throws IOException {
        write(header + "\n1,2,3,4,5\n");

        assertThatThrownBy(() -> read())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read " + file() + ": " + reason);
    }

    @Test
    void refusesImagesWithoutALabelToTrainOn() throws IOException {
        write("9,2,3,4\n5,6,7,8\n");

        assertThatThrownBy(() -> read())
                .hasMessage("Cannot read " + file() + ": its rows have 4 columns, an image without a label."
                        + " Write label,pixel1..pixel784 in every row.");
    }

    @Test
    void refusesPartsOfOtherColumns() throws IOException {
        Files.createDirectory(folder.resolve("x.csv"));
        Files.writeString(folder.resolve("x.csv/part-0"), "label,a,b,c,d\n1,2,3,4,5\n");
        Files.writeString(folder.resolve("x.csv/part-1"), "a,b,c,d,label\n1,2,3,4,5\n");

        assertThatThrownBy(() -> read().collect())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + file() + "/part-1: its header is not that of the files before it."
                        + " Write the same columns in every file of the folder.");
    }

    @Test
    void aColourImageIsPlaneByPlaneOrPixelByPixel() throws IOException {
        write("1,2,3,4,5,6,7,8,9,10,11,12,0\n".repeat(2).replace("1,2,3", "0,2,3") + "1,9,3,4,5,6,7,8,9,10,11,12,1\n");

        ImageTable planar = read("data.shape=[3,2,2]");
        ImageTable interleaved = read("data.shape=[2,2,3]", "data.columns.label=13");

        assertThat(planar.shape()).isEqualTo(new ImageShape(3, 2, 2));
        assertThat(planar.first(1).pixels()).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0);
        assertThat(interleaved.shape()).isEqualTo(new ImageShape(3, 2, 2));
        assertThat(interleaved.first(1).pixels()).containsExactly(0, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12);
    }

    @Test
    void aRectangleHasAShape() throws IOException {
        write("1,2,3,4,5,6,9\n2,2,3,4,5,6,7\n");

        assertThat(read("data.shape=[1,2,3]").shape()).isEqualTo(new ImageShape(1, 2, 3));
        assertThatThrownBy(() -> read())
                .hasMessageContaining("row 1 has 7 columns")
                .hasMessageContaining("data.shape");
    }

    @Test
    void textsAreClasses() throws IOException {
        write("pixel0,pixel1,pixel2,pixel3,label\n1,2,3,4,dog\n5,6,7,8,\"big, cat\"\n9,9,9,9, dog\n");

        try (PackedTable packed = read().pack()) {
            assertThat(packed.classes().names()).containsExactly("big, cat", "dog");
            assertThat(packed.all().collect().labels()).containsExactly(1, 0, 1);
        }
        assertThat(labels("data.labels=[dog,\"big, cat\"]")).containsExactly("dog", "big, cat", "dog");
        assertThatThrownBy(() -> read("data.labels=[dog,wolf]").collect())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read " + file() + ": row 3 has label 'big, cat', none of ");
    }

    @Test
    void aTextAmongNumbersIsNoClass() throws IOException {
        write("label,a,b,c,d\n1,1,2,3,4\n2,5,6,7,8\nx,9,9,9,9\n");

        assertThatThrownBy(() -> read().collect())
                .hasMessageContaining(": row 4 has 'x' in column 1, not a whole number.");
    }

    @Test
    void aRowWithoutAClassIsMalformed() throws IOException {
        write("label,a,b,c,d\ndog,1,2,3,4\n,5,6,7,8\ncat,9,9,9,9\n");

        assertThatThrownBy(() -> read().collect()).hasMessageContaining(": row 3 has no label. Correct the row");
        ImageTable dropping = read("data.malformed=drop");
        assertThat(dropping.collect().labels()).containsExactly(1, 0);
        assertThat(dropping.diagnosis().dropped()).map(Diagnosis.Dropped::count).contains(1L);
    }

    @Test
    void refusesAnIdForAClass() throws IOException {
        StringBuilder rows = new StringBuilder("label,a,b,c,d\n");
        for (int i = 0; i < 30; i++) {
            rows.append("image").append(i).append(".png,1,2,3,4\n");
        }
        write(rows.toString());

        assertThatThrownBy(() -> read())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("its 30 rows have 30 labels in label");
    }

    @Test
    void rowsKeepWhatStandsBesideTheImage() throws IOException {
        write("id,pixel0,pixel1,pixel2,pixel3,note,label\n300,1,2,3,4,\"a \"\"b\"\"\",7.0\n301,5,6,x,8,,\n");

        ImageRows rows = rows();

        assertThat(rows.rows().columns()).containsExactly("id", "note", "label", "pixels", "malformed");
        assertThat(rows.label()).contains("label");
        assertThat(rows.imageColumns()).containsExactly("pixels", "malformed");
        List<Row> all = rows.rows().collectAsList();
        assertThat(all.get(0).getString(0)).isEqualTo("300");
        assertThat(all.get(0).getString(1)).isEqualTo("a \"b\"");
        assertThat(all.get(0).getInt(2)).isEqualTo(7);
        assertThat(all.get(0).<byte[]>getAs(3)).containsExactly(1, 2, 3, 4);
        assertThat(all.get(1).getString(0)).isEqualTo("301");
        assertThat(all.get(1).isNullAt(2)).isTrue();
        assertThat(all.get(1).isNullAt(3)).isTrue();
        assertThat(all.get(1).getString(4)).endsWith("has 'x' in column 4, not a whole number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9,2,3,4 | ",
                "7,9,2,3,4 | label",
                "pixel0,pixel1,pixel2,pixel3;9,2,3,4 | ",
                "id,pixel0,pixel1,pixel2,pixel3;300,9,2,3,4 | ",
                "digit,pixel0,pixel1,pixel2,pixel3;7,9,2,3,4 | digit",
                ",label,0,1,2,3;300,7,9,2,3,4 | label",
                "ID,id,pixels,1x1,1x2,2x1,2x2;1,2,3,9,2,3,4 | ",
            })
    void rowsNeedNoLabel(String lines, String label) throws IOException {
        write(lines.replace(';', '\n') + "\n");

        ImageRows rows = rows();

        assertThat(rows.label().orElse(null)).isEqualTo(label);
        assertThat(rows.shape()).isEqualTo(new ImageShape(1, 2, 2));
        Row row = rows.rows().first();
        assertThat(row.<byte[]>getAs(rows.imageColumns().get(0))).containsExactly(9, 2, 3, 4);
    }

    private List<String> labels(String... settings) {
        try (PackedTable packed = read(settings).pack()) {
            List<String> labels = new ArrayList<>();
            for (int label : packed.all().collect().labels()) {
                labels.add(packed.classes().names().get(label));
            }
            return labels;
        }
    }

    private ImageTable read(String... settings) {
        return ImageReader.on(spark()).read(source(settings));
    }

    private ImageRows rows() {
        return ImageReader.on(spark()).rows(source());
    }

    private ImageSource source(String... settings) {
        return ImageSource.of(
                file(),
                "data.train",
                Split.TRAIN,
                ConfigurationReader.read("the defaults", "", List.of(settings)).data());
    }

    private String file() {
        return folder.resolve("x.csv").toString();
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("x.csv"), text);
    }
}
