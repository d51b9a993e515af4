package io.github.sparkcnn.predict;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/** In a task: some columns of the rows of a batch, in memory that the next batch uses again. */
final class KeptRows {
    private final UnsafeProjection projection;
    private final UnsafeRow[] rows;
    private final int columns;

    /**
     * For batches of rows.
     *
     * @param schema of the rows
     * @param columns by their places in the schema
     */
    KeptRows(int batchSize, StructType schema, List<Integer> columns) {
        this.columns = columns.size();
        this.rows = new UnsafeRow[batchSize];
        this.projection = UnsafeProjection.create(JavaConverters.asScalaBuffer(columns.stream()
                        .map(column -> reference(schema.fields()[column], column))
                        .toList())
                .toSeq());
    }

    private static Expression reference(StructField field, int column) {
        return new BoundReference(column, field.dataType(), field.nullable());
    }

    /** Keeps a row's columns as row i of the batch. */
    void keep(int i, InternalRow row) {
        if (rows[i] == null) {
            rows[i] = UnsafeRow.createFromByteArray(0, columns);
        }
        rows[i].copyFrom(projection.apply(row));
    }

    /** Row i of the batch. */
    InternalRow row(int i) {
        return rows[i];
    }
}
