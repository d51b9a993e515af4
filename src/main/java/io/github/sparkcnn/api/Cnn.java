package io.github.sparkcnn.api;

import io.github.sparkcnn.compare.CompareRun;
import io.github.sparkcnn.compare.Comparison;
import io.github.sparkcnn.compare.ComparisonPlan;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.train.TableTraining;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.tune.Search;
import io.github.sparkcnn.tune.SearchListener;
import io.github.sparkcnn.tune.SearchPlan;
import io.github.sparkcnn.tune.SearchedExperiment;
import io.github.sparkcnn.tune.TuneRun;
import io.github.sparkcnn.tune.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Trains, compares, tunes and loads networks on the executors of a Spark session. A {@link io.github.sparkcnn.UserException} says in one line what
 * of data or configuration does not do.
 */
public final class Cnn {

    private static final String PATH = "the path";
    private static final String CONFIGURATION = "the configuration";
    private static final String ALL_REDUCE = "all-reduce";
    private static final String TOTAL = "total";

    private final SparkSession spark;
    private final Storage storage;
    private final List<TrainingListener> listeners;

    private Cnn(SparkSession spark, List<TrainingListener> listeners) {
        this.spark = spark;
        this.storage = Storage.ofMaster(
                spark.sparkContext().master(), spark.sparkContext().hadoopConfiguration());
        this.listeners = listeners;
    }

    /**
     * On this session.
     *
     * @param listeners hear of every epoch, such as {@link io.github.sparkcnn.train.listener.ConsoleListener}
     */
    public static Cnn on(SparkSession spark, TrainingListener... listeners) {
        return new Cnn(spark, List.of(listeners));
    }

    /**
     * The labelled images at a path of any known format; of a folder with both halves of a data set, those to train on.
     *
     * @param path on any file system that Hadoop knows, or {@code sample:train} and {@code sample:test}
     */
    public ImageTable images(String path) {
        return read(path, Split.TRAIN);
    }

    /** The same; of a folder with both halves of a data set, those to test on. */
    public ImageTable testImages(String path) {
        return read(path, Split.TEST);
    }

    private ImageTable read(String path, Split split) {
        return new ImageReader(spark, storage).read(source(path, split));
    }

    /** The same as rows that keep what stands beside the image, for predictions: labels may be missing. */
    public ImageRows rows(String path) {
        return new ImageReader(spark, storage).rows(source(path, Split.TEST));
    }

    private static ImageSource source(String path, Split split) {
        return new ImageSource(path, PATH, split, ImageFormats.AUTO);
    }

    /**
     * Trains on images that are evaluated on nowhere.
     *
     * @param configuration HOCON, such as {@code training.epochs = 3}; all keys: {@code conf/reference.conf}
     */
    public CnnModel train(ImageTable images, String configuration) {
        return train(images, Optional.empty(), configuration);
    }

    /** Trains, and evaluates on the test images after every epoch. */
    public CnnModel train(ImageTable images, ImageTable test, String configuration) {
        return train(images, Optional.of(test), configuration);
    }

    private CnnModel train(ImageTable images, Optional<ImageTable> test, String text) {
        List<String> names = new ArrayList<>(List.of("data.train=the images"));
        test.ifPresent(given -> names.add("data.test=the test images"));
        Configuration configuration = ConfigurationReader.read(CONFIGURATION, text, names);
        ImageTable classified = configuration.data().labels().map(images::as).orElse(images);
        return new CnnModel(
                storage, new TableTraining(spark, configuration, storage, listeners).train(classified, test));
    }

    /**
     * Trains the same experiment with different numbers of workers, one run after another, as the command {@code compare} does, and
     * leaves the runs, {@code compare.txt}, {@code compare.json} and, of several runs, {@code compare.html} in a folder.
     *
     * @param configuration HOCON with {@code data.train} and, for accuracies, {@code data.test}; its strategy and number of workers do
     *     not count
     * @param workers how many, at most the session's slots; empty: 1 and as many as it has slots
     * @param targetAccuracy the accuracy whose first reaching is timed, a fraction
     * @param output a new folder on any file system that Hadoop knows
     */
    public Comparison compare(String configuration, List<Integer> workers, double targetAccuracy, String output) {
        String counts = workers.stream().map(String::valueOf).collect(Collectors.joining(","));
        return new CompareRun(
                        spark,
                        storage,
                        settings -> ConfigurationReader.read(CONFIGURATION, configuration, settings),
                        ComparisonPlan.parse(ALL_REDUCE, counts, TOTAL, targetAccuracy),
                        storage.path(output),
                        listeners)
                .execute();
    }

    /**
     * Trains an experiment many times, with values drawn from a space, as the command {@code tune} does, and leaves the trials' runs,
     * {@code best.conf}, {@code tune.txt}, {@code tune.json} and {@code tune.html} in a folder.
     *
     * @param configuration HOCON with {@code data.train} and {@code data.test}, or a part that is held out
     * @param space HOCON, such as {@code training.batch-size = [32, 64]}: each key's choices or range
     * @param plan how many trials, and how they are trained
     * @param listener hears of the trials, such as {@link io.github.sparkcnn.tune.SearchConsole}
     * @param output a new folder on any file system that Hadoop knows
     */
    public Search tune(String configuration, String space, SearchPlan plan, SearchListener listener, String output) {
        SearchedExperiment experiment = new SearchedExperiment() {
            @Override
            public Configuration with(List<String> settings) {
                return ConfigurationReader.read(CONFIGURATION, configuration, settings);
            }

            @Override
            public String textWith(List<String> settings) {
                return ConfigurationReader.merged(CONFIGURATION, configuration, settings);
            }
        };
        SearchSpace searched = SearchSpace.parse("the space", space);
        return new TuneRun(spark, storage, experiment, searched, plan, storage.path(output), listener).execute();
    }

    /**
     * Loads a model.
     *
     * @param path a run's folder, the model folder in it, or what {@link CnnModel#save} wrote
     */
    public CnnModel load(String path) {
        return new CnnModel(storage, ModelFolder.load(storage, path));
    }
}
