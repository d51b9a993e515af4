package io.github.sparkcnn.train;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.config.DataConfig.Normalization;
import io.github.sparkcnn.data.DataFile;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageShape;
import io.github.sparkcnn.data.ImageSource;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.PixelScale;
import io.github.sparkcnn.data.PixelScales;
import io.github.sparkcnn.data.Shares;
import io.github.sparkcnn.data.sample.SampleFiles;
import io.github.sparkcnn.eval.TestSet;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The images of a run: the training set packed in as many shares as there are workers, the test set in the driver. */
final class TrainingImages implements AutoCloseable {

    private static final String SAMPLE_TRAIN = "sample:train";
    private static final String SAMPLE_TEST = "sample:test";

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
        SampleFiles sample = SampleFiles.of(data.sample(), storage, new Path(output, "sample"));
        ImageReader reader = new ImageReader(spark, storage);
        ImageTable all = reader.read(ImageSource.train(
                data.train().equals(SAMPLE_TRAIN)
                        ? data.withTrain(sample.train().toString())
                        : data));
        ImageTable training = data.trainImages()
                .map(count -> all.sample(count, configuration.training().seed()))
                .orElse(all);
        Optional<ImageTable> test = ImageSource.test(
                        data.test().equals(Optional.of(SAMPLE_TEST))
                                ? data.withTest(sample.test().toString())
                                : data)
                .map(reader::read);
        test.ifPresent(table -> table.requireShapeOf(training));
        Shares shares = training.shares(workers);
        PixelScale scale = data.normalize() == Normalization.STANDARD ? PixelScales.standard(shares) : PixelScale.UNIT;
        Optional<TestSet> testSet = test.map(table -> new TestSet(table.collect(), scale, data.classes()));
        List<DataFile> files = new ArrayList<>(training.files());
        test.ifPresent(table -> files.addAll(table.files()));
        List<String> notices = new ArrayList<>();
        training.dropped().ifPresent(dropped -> notices.add(notice(data.train(), dropped)));
        test.flatMap(ImageTable::dropped)
                .ifPresent(dropped -> notices.add(notice(data.test().orElseThrow(), dropped)));
        return new TrainingImages(shares, training.shape(), scale, testSet, files, notices);
    }

    private static String notice(String path, ImageTable.Dropped dropped) {
        return "Dropped " + dropped.rows() + " malformed rows of " + path + "; the first: " + dropped.first();
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
