package io.github.sparkcnn.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.io.Storage;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The generated sample as DataFrames {@code id BIGINT, label INT, features BINARY}. */
final class SampleFrames {

    static final int TRAIN = 400;
    static final int TEST = 100;

    private SampleFrames() {}

    static Dataset<Row> train(SparkSession spark) {
        return of(spark, Split.TRAIN);
    }

    static Dataset<Row> test(SparkSession spark) {
        return of(spark, Split.TEST);
    }

    private static Dataset<Row> of(SparkSession spark, Split split) {
        Storage storage = Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration());
        String path = split == Split.TRAIN ? "sample:train" : "sample:test";
        DataConfig small = ConfigurationReader.read(
                        "the sample",
                        "data.sample { train-images = " + TRAIN + ", test-images = " + TEST + " }",
                        List.of())
                .data();
        return new ImageReader(spark, storage)
                .read(ImageSource.of(path, "data", split, small))
                .rows()
                .select(
                        monotonically_increasing_id().as("id"),
                        col("label"),
                        col("pixels").as("features"));
    }

    /** An estimator that is fast and has no dropout. */
    static CnnClassifier small() {
        return new CnnClassifier()
                .setNetwork("all-convolutional")
                .setEpochs(1)
                .setBatchSize(32)
                .setWorkers(1)
                .setConf("device.threads", "1");
    }
}
