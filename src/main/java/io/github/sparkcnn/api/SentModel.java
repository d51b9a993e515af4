package io.github.sparkcnn.api;

import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.predict.PredictionEngine;
import io.github.sparkcnn.predict.Predictions;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A model that is sent to the executors once an application, when something is predicted for the first time. It stays there until
 * nobody knows it or a DataFrame of its predictions any more, and Spark's cleaner takes it back.
 */
public final class SentModel {

    private final ModelFolder.Saved saved;
    private SparkContext application;
    private Predictions predictions;

    /** Nothing is sent yet. */
    public SentModel(ModelFolder.Saved saved) {
        this.saved = saved;
    }

    /** The network, and what one must know to use it. */
    public ModelFolder.Saved saved() {
        return saved;
    }

    /** On the executors of this session's application. */
    public synchronized Predictions on(SparkSession spark) {
        if (spark.sparkContext() != application) {
            predictions = Predictions.of(spark, saved, PredictionEngine.AUTO);
            application = spark.sparkContext();
        }
        return predictions;
    }
}
