package io.github.sparkcnn.data.table;

import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.ImageSource;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table that Spark has opened.
 *
 * @param name for messages
 * @param isOrdered whether its columns stand in the order in which they were written
 */
record Table(String name, Dataset<Row> rows, boolean isOrdered) {

    /** Its images with the labels that they need. */
    ImageFiles files(ImageSource source) {
        return TableFiles.of(this, TableColumns.labelled(this, source.columns()), source);
    }

    /** Its rows with all that they hold. */
    ImageRows images(ImageSource source) {
        return TableRows.of(this, TableColumns.of(this, source.columns()), source);
    }
}
