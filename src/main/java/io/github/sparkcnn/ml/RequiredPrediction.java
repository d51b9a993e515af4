package io.github.sparkcnn.ml;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.predict.Predicted;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** In a task: predictions that all have to be there; the first error ends the job. */
record RequiredPrediction(String column) implements UDF1<String, Boolean> {

    /** Whether a row may stay: no error says that it may not. */
    static Column of(String column, Column error) {
        return functions
                .udf(new RequiredPrediction(column), DataTypes.BooleanType)
                .apply(error);
    }

    @Override
    public Boolean call(String error) {
        if (error != null) {
            throw new UserException(
                    "predict the image in column " + column,
                    error.equals(Predicted.NOT_A_NUMBER) ? error : "it " + error,
                    "Correct the row or leave it out");
        }
        return true;
    }
}
