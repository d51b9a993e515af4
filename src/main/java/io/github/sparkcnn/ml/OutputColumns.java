package io.github.sparkcnn.ml;

import io.github.sparkcnn.UserException;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns that a stage adds: those with a name. */
record OutputColumns(HasImageColumns<?> stage) {

    /** The schema with the columns behind it. */
    StructType addTo(StructType schema) {
        StructType all = schema;
        all = add(all, stage.getRawPredictionCol(), SQLDataTypes.VectorType(), "rawPredictionCol");
        all = add(all, stage.getProbabilityCol(), SQLDataTypes.VectorType(), "probabilityCol");
        return add(all, stage.getPredictionCol(), DataTypes.DoubleType, "predictionCol");
    }

    private StructType add(StructType schema, String column, DataType type, String param) {
        if (column.isEmpty()) {
            return schema;
        }
        boolean isNullable = stage.getHandleInvalid().equals(ColumnParams.KEEP);
        if (List.of(schema.fieldNames()).contains(column)) {
            throw new UserException(
                    "add column " + column,
                    "the DataFrame has one of that name already",
                    "Set " + param + " to another name, or to an empty one to leave the column out");
        }
        return schema.add(column, type, isNullable);
    }
}
