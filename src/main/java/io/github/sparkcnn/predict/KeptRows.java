package io.github.sparkcnn.predict;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** In a task: some columns of the rows of a batch, in memory that the next batch uses again. */
final class KeptRows {
    private final UnsafeProjection projection;
    private final UnsafeRow[] rows;
    private final int[] kept;
    private final DataType[] types;
    private final GenericInternalRow values;

    /**
     * For batches of rows.
     *
     * @param schema of the rows
     * @param columns by their places in the schema
     */
    KeptRows(int batchSize, StructType schema, List<Integer> columns) {
        this.rows = new UnsafeRow[batchSize];
        this.kept = columns.stream().mapToInt(Integer::intValue).toArray();
        this.types = columns.stream()
                .map(column -> schema.fields()[column].dataType())
                .toArray(DataType[]::new);
        this.values = new GenericInternalRow(kept.length);
        this.projection = UnsafeProjection.create(types);
    }

    /** Keeps a row's columns as row i of the batch. */
    void keep(int i, InternalRow row) {
        if (rows[i] == null) {
            rows[i] = UnsafeRow.createFromByteArray(0, kept.length);
        }
        for (int column = 0; column < kept.length; column++) {
            values.update(column, row.isNullAt(kept[column]) ? null : row.get(kept[column], types[column]));
        }
        rows[i].copyFrom(projection.apply(values));
    }

    /** Row i of the batch. */
    InternalRow row(int i) {
        return rows[i];
    }
}
