package io.github.sparkcnn.predict;

import java.util.Collection;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/** Keeps Spark from reading columns that nobody wants, without moving the others from their places. */
public final class WantedColumns {

    private WantedColumns() {}

    /** The same columns, those that are not wanted null, so that Spark's optimizer has no need of them. */
    public static Dataset<Row> of(Dataset<Row> rows, Collection<String> wanted) {
        return rows.select(Stream.of(rows.schema().fields())
                .map(field -> wanted.contains(field.name()) ? named(field.name()) : absent(field))
                .toArray(Column[]::new));
    }

    /** A column by its name, whatever characters that has. */
    public static Column named(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    private static Column absent(StructField field) {
        return functions.lit(null).cast(field.dataType()).as(field.name());
    }
}
