package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.LeftOut;
import io.github.sparkcnn.data.pack.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The columns of a DataFrame from which labelled images are read.
 *
 * @param name for messages
 * @param rows the columns of the image, the label's, and a column that tells one row from another, if there is one
 * @param label the label's place
 * @param settings that named the columns, for messages
 */
public record LabelledRows(String name, Dataset<Row> rows, int label, ColumnSettings settings) {

    /**
     * Chooses the columns.
     *
     * @param images the image's column, or those of its pixels in their order
     */
    public static LabelledRows of(
            String name, Dataset<Row> rows, List<String> images, String label, ColumnSettings settings) {
        List<String> read = new ArrayList<>(images);
        read.add(label);
        RowKey.column(rows.schema(), read).ifPresent(read::add);
        return new LabelledRows(name, Columns.select(rows, read), images.size(), settings);
    }

    /** How the columns hold the image, found out by reading some rows. */
    public ImageColumn image(ImageSource source) {
        return ImageColumn.of(
                name,
                rows.schema(),
                IntStream.range(0, label).boxed().toList(),
                FirstRows.with(rows, rows.columns()[0]),
                source,
                settings);
    }

    /** The images in the order of the rows, without a sum. */
    public ImageFiles images(ImageColumn image, ImageSource source) {
        return images(image, source, rows.queryExecution().toRdd().toJavaRDD(), List.of(), "");
    }

    /** The images of rows that are read from these files; where there are none, the images are summed up. */
    public ImageFiles images(ImageColumn image, ImageSource source, JavaRDD<InternalRow> ordered, List<Path> files) {
        return images(image, source, ordered, files, files.isEmpty() ? source.path() : "");
    }

    private ImageFiles images(
            ImageColumn image, ImageSource source, JavaRDD<InternalRow> ordered, List<Path> files, String summed) {
        LeftOut leftOut = LeftOut.of(rows.sparkSession().sparkContext(), "rows", name);
        MalformedRows malformed =
                new MalformedRows(name, source.malformed(), RowKey.of(rows.schema(), label + 1), leftOut);
        Labels labels = Labels.of(this, source);
        JavaRDD<Reading> readings =
                ordered.mapPartitionsWithIndex(new PackLabelled(image, labels, malformed, summed), false);
        return new ImageFiles(name, image.shape(), readings, files, leftOut, labels.written());
    }
}
