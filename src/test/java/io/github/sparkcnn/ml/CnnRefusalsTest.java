package io.github.sparkcnn.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What cannot be trained or predicted with, each in one line that says what to change. */
class CnnRefusalsTest extends SparkTest {

    private static final String CORRECT = " Correct the row, or set data.malformed = drop to leave bad rows out.";

    private static Dataset<Row> train;

    @BeforeAll
    static void draw() {
        train = SampleFrames.train(spark()).limit(60).cache();
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(CnnClassifier stage, Dataset<Row> rows) {
        return assertThatThrownBy(() -> stage.fit(rows)).isInstanceOf(UserException.class);
    }

    private static Dataset<Row> with(String column, Column value) {
        return train.withColumn(column, value);
    }

    @Test
    void columnsThatAreNotThereOrOfNoUse() {
        assertRefused(SampleFrames.small().setFeaturesCol("photo"), train)
                .hasMessage("Cannot read column photo: the DataFrame has no such column, only id, label, features."
                        + " Name one of these.");
        assertRefused(SampleFrames.small().setFeaturesCol("label"), train)
                .hasMessage("Cannot read images from column label: it is int."
                        + " Name a column of bytes, an array of numbers, a vector, or Spark's image struct.");
        assertRefused(SampleFrames.small().setLabelCol("features"), train)
                .hasMessage(
                        "Cannot read labels from column features: it is binary. Name a column of numbers or texts.");
        assertRefused(SampleFrames.small().setValidationIndicatorCol("label"), train)
                .hasMessage("Cannot tell training from validation images by column label: it is int."
                        + " Set validationIndicatorCol to a column of booleans, true for validation.");
        assertRefused(SampleFrames.small().setPredictionCol("id"), train)
                .hasMessage("Cannot add column id: the DataFrame has one of that name already."
                        + " Set predictionCol to another name, or to an empty one to leave the column out.");
    }

    @Test
    void rowsWithoutAnImageOrLabel() {
        Column some = col("id").equalTo(7);
        assertRefused(SampleFrames.small(), with("label", when(some, lit(null)).otherwise(col("label"))))
                .hasMessage("Cannot read the DataFrame: a row whose id is 7 has no label (null)." + CORRECT);
        assertRefused(SampleFrames.small(), with("label", when(some, 1.5).otherwise(col("label"))))
                .hasMessage("Cannot read the DataFrame: a row whose id is 7 has label 1.5, no whole number." + CORRECT);
        assertRefused(
                        SampleFrames.small(),
                        with("features", when(some, lit(null)).otherwise(col("features"))))
                .hasMessage("Cannot read the DataFrame: a row whose id is 7 has no image (null)." + CORRECT);
        assertRefused(
                        SampleFrames.small(),
                        with("features", when(some, lit(new byte[3])).otherwise(col("features"))))
                .hasMessage("Cannot read the DataFrame: a row whose id is 7 has 3 values, not 784." + CORRECT);
        assertRefused(
                        SampleFrames.small(),
                        with("features", functions.transform(functions.sequence(lit(1), lit(784)), x -> x.divide(784))))
                .hasMessageContaining("has a pixel of 0.0012755102040816326: pixels are whole numbers from 0 to 255,"
                        + " so multiply those between 0 and 1 by 255");
        assertRefused(SampleFrames.small(), with("features", lit(new byte[50])))
                .hasMessage(
                        "Cannot read the images of the DataFrame: they have 50 values, which are no square grey image."
                                + " Say their shape in the parameter shape, e.g. [3, 32, 32], or name their columns in"
                                + " featuresCol.");
        assertRefused(SampleFrames.small(), train.where("id < 0"))
                .hasMessage("Cannot read the DataFrame: column features holds no image."
                        + " Give at least one row with an image.");
        assertRefused(SampleFrames.small(), with("label", lit(1)))
                .hasMessageContaining("Cannot train on the DataFrame: all its 60 images are of class 1");
    }

    @Test
    void parametersThatMakeNoSense() {
        assertRefused(SampleFrames.small().setConf("data.train", "photos.csv"), train)
                .hasMessage("Cannot use data.train=photos.csv in conf: images come from the DataFrame, and there is no"
                        + " run's folder. Leave it out.");
        for (String key : new String[] {
            "data.test", "data.format", "data.columns.label", "data.sample.seed", "training.checkpoint.every"
        }) {
            assertRefused(SampleFrames.small().setConf(key, "1"), train)
                    .hasMessageStartingWith("Cannot use " + key + "=1 in conf: images come from the DataFrame");
        }
        assertRefused(SampleFrames.small().setConf("data.shape", "[1,28,28]"), train)
                .hasMessage("Cannot use data.shape=[1,28,28] in conf: there is a parameter for it. Use setShape.");
        assertRefused(SampleFrames.small().setConf("training.epoch", "2"), train)
                .hasMessageContaining("there is no key training.epoch. Did you mean training.epochs?");
        assertRefused(SampleFrames.small().setShape(new int[] {2, 28, 28}), train)
                .hasMessage("Cannot use shape [2, 28, 28]: it is no shape of images with 1 or 3 channels."
                        + " Set shape to channels, height, width, e.g. [3, 32, 32], or to height, width, channels.");
        assertRefused(SampleFrames.small().setConf("training.early-stopping.patience", "1"), train)
                .hasMessageContaining("there is no test set to measure the validation loss on");
        assertRefused(SampleFrames.small().setNetwork("lenet"), train).hasMessageContaining("lenet");
        assertRefused(SampleFrames.small().setWorkers(3), train).hasMessageContaining("training.workers");
    }

    @Test
    void imagesThatAModelCannotTake() {
        CnnClassificationModel model = SampleFrames.small().fit(train);

        assertThatThrownBy(() -> model.copy(new org.apache.spark.ml.param.ParamMap())
                        .setThresholds(new double[] {1, 1})
                        .transform(train))
                .hasMessage("Cannot predict with 2 thresholds: the model has 10 classes. Set one threshold for each.");
        assertThatThrownBy(() -> model.transform(train.withColumn("features", lit(new byte[3])))
                        .select("prediction")
                        .collectAsList())
                .rootCause()
                .hasMessage("Cannot predict the image in column features: it has 3 values, not 784."
                        + " Correct the row or leave it out.");
        assertThatThrownBy(() -> model.copy(new org.apache.spark.ml.param.ParamMap())
                        .setShape(new int[] {1, 20, 20})
                        .transform(train))
                .hasMessageContaining("the images are 1×20×20, the model takes 1×28×28");
    }

    @Test
    void foldersThatHoldNoStage(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder)
            throws java.io.IOException {
        String path = folder.resolve("estimator").toString();
        SampleFrames.small().write().save(path);

        assertThatThrownBy(() -> CnnClassificationModel.load(path))
                .hasMessage("Cannot load a stage of Spark ML from " + path
                        + ": it holds a io.github.sparkcnn.ml.CnnClassifier."
                        + " Load it with that class, or name a CnnClassificationModel.");
        assertThatThrownBy(() -> CnnClassifier.load(path + "2"))
                .hasMessage("Cannot load a stage of Spark ML from " + path
                        + "2: it has no metadata. Name a folder that save has written.");
    }
}
