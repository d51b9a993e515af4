package io.github.sparkcnn.predict;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Predicts the class of every image and writes the predictions, all of them or none. */
public final class PredictionRun {

    private static final String COUNT = "images";

    private final SparkSession spark;
    private final Storage storage;
    private final String model;
    private final PredictionEngine engine;
    private final Path output;
    private final PredictionFormat format;
    private final PredictionDevice device;

    /** Prepares a run on whatever there is; nothing happens yet. */
    public PredictionRun(
            SparkSession spark,
            Storage storage,
            String model,
            PredictionEngine engine,
            Path output,
            PredictionFormat format) {
        this(spark, storage, model, engine, output, format, PredictionDevice.ANY);
    }

    private PredictionRun(
            SparkSession spark,
            Storage storage,
            String model,
            PredictionEngine engine,
            Path output,
            PredictionFormat format,
            PredictionDevice device) {
        this.spark = spark;
        this.storage = storage;
        this.model = model;
        this.engine = engine;
        this.output = output;
        this.format = format;
        this.device = device;
    }

    /** The same on this device. */
    public PredictionRun on(PredictionDevice other) {
        return new PredictionRun(spark, storage, model, engine, output, format, other);
    }

    /**
     * What was written.
     *
     * @param seconds from sending the model to the executors until all rows are written
     */
    public record Result(Path output, long images, double seconds) {}

    /** Reads, predicts and writes one row an image. */
    public Result execute(ImageSource source) {
        requireNew();
        device.wake();
        ModelFolder.Saved saved = ModelFolder.load(storage, model);
        ImageTable images = new ImageReader(spark, storage).read(source);
        long start = System.nanoTime();
        try (Predictions predictions = Predictions.of(spark, saved, engine, device)) {
            Dataset<Row> rows = predictions.of(images);
            long written = images.told(() -> write(rows, saved.card().labels().size(), source));
            return new Result(output, written, (System.nanoTime() - start) / 1e9);
        }
    }

    private void requireNew() {
        storage.requireWritable(output, "--output");
        if (storage.exists(output)) {
            throw new UserException(
                    "write predictions to " + output, "it exists already", "Choose another --output or delete it");
        }
    }

    private static void requireImages(long images, ImageSource source) {
        if (images == 0) {
            throw new UserException(
                    "predict " + source.path(),
                    "it holds no image",
                    "Set " + source.setting() + " to files with images");
        }
    }

    /** Counts the rows as they are written: neither another look at the images nor at the predictions is needed. */
    private long write(Dataset<Row> predicted, int classes, ImageSource source) {
        Observation images = new Observation();
        Dataset<Row> rows =
                predicted.observe(images, functions.count(functions.lit(1)).as(COUNT));
        storage.writeFolder(output, folder -> {
            switch (format) {
                case PARQUET -> rows.write().mode("append").parquet(folder.toString());
                case CSV ->
                    flat(rows, classes)
                            .write()
                            .mode("append")
                            .option("header", true)
                            .csv(folder.toString());
            }
            requireImages(count(images), source);
        });
        return count(images);
    }

    private static long count(Observation images) {
        try {
            return (Long) images.getAsJava().get(COUNT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Spark counted the predictions", e);
        }
    }

    /** CSV has no arrays: the probabilities become columns {@code p0}, {@code p1} …. */
    private static Dataset<Row> flat(Dataset<Row> rows, int classes) {
        Stream<Column> before =
                Stream.of("label", "name", "probability", "margin").map(functions::col);
        Stream<Column> probabilities = IntStream.range(0, classes)
                .mapToObj(k -> functions.col("probabilities").getItem(k).as("p" + k));
        List<Column> columns = Stream.of(before, probabilities, Stream.of(functions.col("true_label")))
                .flatMap(part -> part)
                .toList();
        return rows.select(columns.toArray(Column[]::new));
    }
}
