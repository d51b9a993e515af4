package io.github.sparkcnn.data.column;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** The first rows of a table, from which a shape can be told. */
public final class FirstRows {
    private static final int ENOUGH = 20;

    private FirstRows() {}

    /** The first rows that have something in this column. */
    public static InternalRow[] with(Dataset<Row> rows, String column) {
        return rows.where(Columns.named(column).isNotNull())
                .queryExecution()
                .executedPlan()
                .executeTake(ENOUGH);
    }
}
