package io.github.sparkcnn.data.table;

import io.github.sparkcnn.data.column.ColumnSettings;
import io.github.sparkcnn.data.column.LabelledRows;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageSource;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** The images of a table, packed in the order of its files. */
final class TableFiles {

    private TableFiles() {}

    static ImageFiles of(Table table, TableColumns columns, ImageSource source) {
        LabelledRows rows = LabelledRows.of(
                table.name(), table.rows(), columns.image(), columns.label().orElseThrow(), ColumnSettings.KEYS);
        List<Path> files = Arrays.stream(table.rows().inputFiles())
                .map(file -> new Path(URI.create(file)))
                .sorted()
                .toList();
        return rows.images(
                rows.image(source),
                source,
                FilesInOrder.of(rows.rows().queryExecution().toRdd()),
                files);
    }
}
