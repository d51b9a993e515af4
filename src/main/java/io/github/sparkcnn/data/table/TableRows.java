package io.github.sparkcnn.data.table;

import io.github.sparkcnn.data.column.ColumnSettings;
import io.github.sparkcnn.data.column.Columns;
import io.github.sparkcnn.data.column.FirstRows;
import io.github.sparkcnn.data.column.ImageColumn;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.ImageSource;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The rows of a table with all that stands beside the image. */
final class TableRows {

    private TableRows() {}

    static ImageRows of(Table table, TableColumns columns, ImageSource source) {
        StructType schema = table.rows().schema();
        List<Integer> places = columns.image().stream().map(schema::fieldIndex).toList();
        ImageColumn image = ImageColumn.of(
                table.name(),
                schema,
                places,
                FirstRows.with(imagesAlone(table, columns), columns.image().get(0)),
                source,
                ColumnSettings.KEYS);
        return new ImageRows(
                table.name(),
                table.rows(),
                image.reader(),
                image.shape(),
                columns.image(),
                columns.label(),
                Diagnosis.NONE);
    }

    /** The other columns at their places, but null: they need not be read to see some images. */
    private static Dataset<Row> imagesAlone(Table table, TableColumns columns) {
        Column[] selected = new Column[table.rows().columns().length];
        StructField[] fields = table.rows().schema().fields();
        for (int i = 0; i < selected.length; i++) {
            selected[i] = columns.image().contains(fields[i].name())
                    ? Columns.named(fields[i].name())
                    : functions.lit(null).cast(fields[i].dataType()).as(fields[i].name());
        }
        return table.rows().select(selected);
    }
}
