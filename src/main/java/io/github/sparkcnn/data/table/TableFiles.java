package io.github.sparkcnn.data.table;

import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.data.table.pixels.ImageColumn;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** The images of a table, packed in the order of its files. */
final class TableFiles {

    private TableFiles() {}

    static ImageFiles of(Table table, TableColumns columns, ImageSource source) {
        List<String> read = new ArrayList<>(columns.image());
        read.add(columns.label().orElseThrow());
        RowKey.column(table.rows().schema(), read).ifPresent(read::add);
        Dataset<Row> rows = table.rows()
                .select(read.stream()
                        .map(name -> table.rows().col(Labels.quoted(name)))
                        .toArray(Column[]::new));
        int label = columns.image().size();
        ImageColumn image = ImageColumn.of(
                table.name(),
                rows.schema(),
                IntStream.range(0, label).boxed().toList(),
                FirstRows.with(rows, rows.columns()[0]),
                source);
        List<Path> files = Arrays.stream(table.rows().inputFiles())
                .map(file -> new Path(URI.create(file)))
                .sorted()
                .toList();
        MalformedRows malformed =
                new MalformedRows(table.name(), source.malformed(), RowKey.of(rows.schema(), label + 1));
        rows.sparkSession().sparkContext().register(malformed.dropped(), "dropped rows of " + table.name());
        JavaRDD<InternalRow> ordered = FilesInOrder.of(rows.queryExecution().toRdd());
        Labels labels = Labels.of(table, rows, label, source);
        JavaRDD<Reading> readings =
                ordered.mapPartitions(new PackTable(image, labels, malformed, files.isEmpty() ? source.path() : ""));
        return new ImageFiles(table.name(), image.shape(), readings, files, malformed.dropped(), labels.written());
    }
}
