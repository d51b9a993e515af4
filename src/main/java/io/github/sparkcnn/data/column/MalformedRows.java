package io.github.sparkcnn.data.column;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.format.LeftOut;
import io.github.sparkcnn.io.Storage;
import java.io.Serializable;
import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * In a task: what becomes of rows that are no images.
 *
 * @param name of the table, for messages
 */
record MalformedRows(String name, Malformed malformed, RowKey key, LeftOut leftOut) implements Serializable {

    /** Drops a row or ends the job, as the user says. */
    void meet(InternalRow row, String reason, LeftOut.InPart here) {
        String where = where(row);
        if (malformed == Malformed.FAIL) {
            throw new UserException(
                    "read " + name,
                    where + " " + reason,
                    "Correct the row, or set data.malformed = drop to leave bad rows out");
        }
        here.drop(where + ", which " + reason);
    }

    /** {@code a row of part-0.parquet whose id is 17}. */
    private String where(InternalRow row) {
        String file = InputFileBlockHolder.getInputFilePath().toString();
        String inFile = file.isEmpty() ? "" : " of " + Storage.display(new Path(URI.create(file)));
        return "a row" + inFile + key.of(row);
    }
}
