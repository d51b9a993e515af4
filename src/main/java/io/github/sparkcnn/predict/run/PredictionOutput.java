package io.github.sparkcnn.predict.run;

import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.predict.PredictionColumns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where predictions are written to, all of them or none. */
public interface PredictionOutput {

    /**
     * Refuses a place that is taken, before there is anything to write.
     *
     * @throws io.github.sparkcnn.UserException with what to change
     */
    void requireNew();

    /**
     * Writes the predictions.
     *
     * @param columns of the predictions
     * @param classes of the model
     * @param check is done when all is written; where it fails, nothing is left
     * @throws io.github.sparkcnn.UserException for columns that the place cannot hold
     */
    void write(Dataset<Row> predictions, PredictionColumns columns, Classes classes, Runnable check);
}
