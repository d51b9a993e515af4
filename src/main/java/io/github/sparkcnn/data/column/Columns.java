package io.github.sparkcnn.data.column;

import io.github.sparkcnn.UserException;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of a DataFrame by their names. */
public final class Columns {

    private Columns() {}

    /** The field of this name, or a message with those that there are. */
    public static StructField field(StructType schema, String name) {
        if (!List.of(schema.fieldNames()).contains(name)) {
            throw new UserException(
                    "read column " + name,
                    "the DataFrame has no such column, only " + String.join(", ", schema.fieldNames()),
                    "Name one of these");
        }
        return schema.apply(name);
    }

    /** The column of this name, whatever characters that has. */
    public static Column named(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }
}
