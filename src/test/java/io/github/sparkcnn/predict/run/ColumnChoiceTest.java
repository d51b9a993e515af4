package io.github.sparkcnn.predict.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.predict.PredictionColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ColumnChoiceTest extends SparkTest {

    @Test
    void columnsOfTheDataKeepTheirNamesWhereThoseAreFree() {
        assertThat(ColumnChoice.DEFAULT.of(rows(), Optional.empty()).names())
                .containsExactly("label", "name", "probability", "id", "input_Name", "true_label", "tags", "error");
    }

    @Test
    void onlyWhatIsKeptIsThereToBeAskedFor() {
        assertThat(ColumnChoice.DEFAULT.of(rows(), Optional.of(List.of("id"))).names())
                .containsExactly("label", "name", "probability", "id", "error");
        assertThatThrownBy(() -> ColumnChoice.DEFAULT.of(rows(), Optional.of(List.of("key"))))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot keep column key of a table: its columns are id, Name, pixels, class, tags."
                        + " Name some of them in data.columns.keep.");
    }

    @Test
    void wordsMayHaveBlanksAround() {
        assertThat(new ColumnChoice(Optional.of(ColumnChoice.words("id , Label")), 0)
                        .of(rows(), Optional.empty())
                        .names())
                .containsExactly("id", "label");
    }

    @Test
    void aColumnIsAskedForOnce() {
        assertThatThrownBy(() ->
                        new ColumnChoice(Optional.of(List.of("id", "label", "Label")), 0).of(rows(), Optional.empty()))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot predict a table: --columns names Label twice. Name each column once.");
    }

    /** As where predictions are predicted on: none of the columns takes the place of another. */
    @Test
    void aColumnThatIsCalledAsARenamedOneKeepsItsName() {
        ImageRows rows = rows(
                "name STRING, input_name STRING, pixels BINARY, class STRING, true_label STRING",
                RowFactory.create("n", "i", new byte[1], "c", "t"));

        assertThat(ColumnChoice.DEFAULT.of(rows, Optional.empty()).names())
                .containsExactly(
                        "label",
                        "name",
                        "probability",
                        "input_input_name",
                        "input_name",
                        "true_label",
                        "input_true_label",
                        "error");
    }

    @Test
    void aStrictReaderNamesTheRowOfTheFirstBadImage() {
        PredictionColumns columns = ColumnChoice.DEFAULT.of(rows(), Optional.empty());

        assertThatThrownBy(() -> StrictPixels.of(rows(), columns)
                        .pixels()
                        .read(new GenericInternalRow(new Object[] {17L, null, null, null, null})))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot predict a table: a row where id is 17 has no image (null)."
                        + " Correct it, or leave out --strict to have an error column.");
    }

    private static ImageRows rows() {
        return rows(
                "id BIGINT, Name STRING, pixels BINARY, class STRING, tags ARRAY<STRING>",
                RowFactory.create(1L, "n", new byte[1], "c", List.of()));
    }

    private static ImageRows rows(String schema, Row row) {
        return new ImageRows(
                "a table",
                spark().createDataFrame(List.of(row), StructType.fromDDL(schema)),
                internal -> {
                    throw new MalformedImage("has no image (null)");
                },
                ImageShape.MNIST,
                List.of("pixels"),
                Optional.of("class"),
                Diagnosis.NONE);
    }
}
