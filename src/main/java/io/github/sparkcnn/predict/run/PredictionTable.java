package io.github.sparkcnn.predict.run;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.predict.PredictionColumns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table of the session's catalogue. */
public final class PredictionTable implements PredictionOutput {
    private final SparkSession spark;
    private final String name;

    /**
     * A table that is not there yet.
     *
     * @param name as in SQL: {@code db.predictions}
     */
    public PredictionTable(SparkSession spark, String name) {
        this.spark = spark;
        this.name = name;
    }

    @Override
    public void requireNew() {
        if (told(() -> spark.catalog().tableExists(name))) {
            throw new UserException(
                    "write predictions to table " + name, "it exists already", "Choose another --output or drop it");
        }
    }

    @Override
    public void write(Dataset<Row> predictions, PredictionColumns columns, Classes classes, Runnable check) {
        try {
            told(() -> {
                predictions.write().saveAsTable(name);
                return true;
            });
            check.run();
        } catch (RuntimeException e) {
            spark.sql("DROP TABLE IF EXISTS " + name);
            throw e;
        }
    }

    /** Work with the catalogue, whose refusals say in their first line what is wrong with the name. */
    private boolean told(Work work) {
        try {
            return work.run();
        } catch (org.apache.spark.sql.AnalysisException e) {
            throw new UserException(
                    "write predictions to table " + name,
                    Visible.firstLine(e).replaceAll("\\.$", ""),
                    "Set --output to table:NAME with a NAME that the session's catalogue takes");
        }
    }

    @FunctionalInterface
    private interface Work {
        boolean run() throws org.apache.spark.sql.AnalysisException;
    }
}
