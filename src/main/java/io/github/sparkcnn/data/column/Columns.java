package io.github.sparkcnn.data.column;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The columns of a DataFrame by their names, whatever characters these have. */
public final class Columns {

    private Columns() {}

    /** The column of this name. */
    public static Column named(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    /** These columns alone. */
    static Dataset<Row> select(Dataset<Row> rows, List<String> names) {
        return rows.select(names.stream().map(Columns::named).toArray(Column[]::new));
    }
}
