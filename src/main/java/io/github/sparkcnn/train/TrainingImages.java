package io.github.sparkcnn.train;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.config.DataConfig.Normalization;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.data.DataFile;
import io.github.sparkcnn.data.MinibatchPlan;
import io.github.sparkcnn.data.PixelScales;
import io.github.sparkcnn.data.Shares;
import io.github.sparkcnn.eval.TestSet;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The images of a run: the training set packed in as many shares as there are workers, the test set in the driver. */
final class TrainingImages implements AutoCloseable {

    private final Shares shares;
    private final ImageShape shape;
    private final PixelScale scale;
    private final Optional<TestSet> test;
    private final List<DataFile> files;
    private final List<String> notices;

    private TrainingImages(
            Shares shares,
            ImageShape shape,
            PixelScale scale,
            Optional<TestSet> test,
            List<DataFile> files,
            List<String> notices) {
        this.shares = shares;
        this.shape = shape;
        this.scale = scale;
        this.test = test;
        this.files = files;
        this.notices = notices;
    }

    static TrainingImages read(
            SparkSession spark, Storage storage, Configuration configuration, Path output, int workers) {
        DataConfig data = configuration.data();
        ImageTables tables = ImageTables.read(spark, storage, configuration, output);
        Shares shares = tables.training().shares(workers);
        PixelScale scale = data.normalize() == Normalization.STANDARD ? PixelScales.standard(shares) : PixelScale.UNIT;
        Optional<TestSet> test = tables.test().map(table -> new TestSet(table.collect(), scale, data.classes()));
        return new TrainingImages(shares, tables.training().shape(), scale, test, tables.files(), tables.notices());
    }

    Shares shares() {
        return shares;
    }

    ImageShape shape() {
        return shape;
    }

    PixelScale scale() {
        return scale;
    }

    /** The number of training images. */
    long count() {
        return shares.size();
    }

    /** How every worker makes minibatches of its share. */
    MinibatchPlan plan(TrainingConfig training) {
        return new MinibatchPlan(
                scale, training.batchSize(), training.dropLast(), training.seed(), training.augmentation());
    }

    /** Optimizer steps of one worker in an epoch: those of the largest share. */
    long iterations(TrainingConfig training) {
        return plan(training).count(Collections.max(shares.sizes()));
    }

    Optional<TestSet> test() {
        return test;
    }

    List<DataFile> files() {
        return files;
    }

    /** What the user must be told of the data. */
    List<String> notices() {
        return notices;
    }

    @Override
    public void close() {
        shares.close();
    }
}
