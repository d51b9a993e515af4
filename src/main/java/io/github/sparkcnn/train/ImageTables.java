package io.github.sparkcnn.train;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.DataFile;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageSource;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.sample.SampleFiles;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What a run trains and evaluates on, as the keys {@code data} say.
 *
 * @param test the test images, or those held out of the training images
 */
record ImageTables(DataConfig data, ImageTable training, Optional<ImageTable> test) {

    private static final String SAMPLE_TRAIN = "sample:train";
    private static final String SAMPLE_TEST = "sample:test";

    /**
     * Finds the files and reads what their beginnings tell.
     *
     * @param output the run's folder, where a sample is drawn
     */
    static ImageTables read(SparkSession spark, Storage storage, Configuration configuration, Path output) {
        DataConfig data = configuration.data();
        SampleFiles sample = SampleFiles.of(data.sample(), storage, new Path(output, "sample"));
        long seed = configuration.training().seed();
        ImageReader reader = new ImageReader(spark, storage);
        DataConfig withTrain = data.train().equals(SAMPLE_TRAIN)
                ? data.withTrain(sample.train().toString())
                : data;
        ImageTable all = resized(reader.read(ImageSource.train(withTrain)), data);
        DataConfig withTest = data.test().equals(Optional.of(SAMPLE_TEST))
                ? data.withTest(sample.test().toString())
                : data;
        Optional<ImageTable> test = ImageSource.test(withTest).map(source -> resized(reader.read(source), data));
        test.ifPresent(table -> table.requireShapeOf(all));
        Optional<ImageTable.HeldOut> parts = data.holdout().map(holdout -> all.holdOut(holdout, seed));
        ImageTable trained = parts.map(ImageTable.HeldOut::training).orElse(all);
        return new ImageTables(
                data,
                data.trainImages().map(count -> trained.sample(count, seed)).orElse(trained),
                test.or(() -> parts.map(ImageTable.HeldOut::validation)));
    }

    private static ImageTable resized(ImageTable table, DataConfig data) {
        return data.resize()
                .map(size -> table.resized(size.height(), size.width()))
                .orElse(table);
    }

    /** The files, each once. */
    List<DataFile> files() {
        return Stream.concat(training.files().stream(), test.map(ImageTable::files).orElse(List.of()).stream())
                .distinct()
                .toList();
    }

    /** What has been left out, once the images have been read. */
    List<String> notices() {
        List<String> notices = new ArrayList<>();
        training.dropped().ifPresent(dropped -> notices.add(notice(data.train(), dropped)));
        data.test()
                .ifPresent(path ->
                        test.flatMap(ImageTable::dropped).ifPresent(dropped -> notices.add(notice(path, dropped))));
        return notices;
    }

    private static String notice(String path, ImageTable.Dropped dropped) {
        return "Dropped " + dropped.rows() + " malformed rows of " + path + "; the first: " + dropped.first();
    }
}
