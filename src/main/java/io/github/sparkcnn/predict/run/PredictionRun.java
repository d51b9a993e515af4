package io.github.sparkcnn.predict.run;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.job.JobName;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.predict.Predicted;
import io.github.sparkcnn.predict.PredictionColumns;
import io.github.sparkcnn.predict.PredictionColumns.Made;
import io.github.sparkcnn.predict.PredictionColumns.PredictionColumn;
import io.github.sparkcnn.predict.PredictionDevice;
import io.github.sparkcnn.predict.PredictionEngine;
import io.github.sparkcnn.predict.Predictions;
import io.github.sparkcnn.predict.WantedColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Predicts the class of every image and writes the predictions, all of them or none. */
public final class PredictionRun {

    private static final String IMAGES = "images";
    private static final String UNREAD = "unread";
    private static final String EXAMPLE = "example";
    /** Of an input in many small partitions; each becomes a file. */
    private static final int MOST_FILES = 200;

    private final SparkSession spark;
    private final Storage storage;
    private final String model;
    private final PredictionOutput output;
    private final Request request;

    /** Prepares a run; nothing happens yet. */
    public PredictionRun(SparkSession spark, Storage storage, String model, PredictionOutput output, Request request) {
        this.spark = spark;
        this.storage = storage;
        this.model = model;
        this.output = output;
        this.request = request;
    }

    /**
     * How images are predicted and what is told of them.
     *
     * @param strict whether an image that cannot be read ends the run
     */
    public record Request(PredictionEngine engine, PredictionDevice device, ColumnChoice columns, boolean strict) {
        /** On whatever there is. */
        public Request(PredictionEngine engine) {
            this(engine, PredictionDevice.ANY, ColumnChoice.DEFAULT, false);
        }
    }

    /**
     * What was written.
     *
     * @param unread images that could not be read; why, in their column {@code error}
     * @param example why one of them could not be read
     * @param seconds from sending the model to the executors until all rows are written
     * @param isLabelled whether the images have labels
     */
    public record Result(long images, long unread, Optional<String> example, double seconds, boolean isLabelled) {}

    /** Reads, predicts and writes one row an image. */
    public Result execute(ImageSource source) {
        output.requireNew();
        request.device().wake(request.engine());
        ModelFolder.Saved saved = ModelFolder.load(storage, model);
        ImageRows found = new ImageReader(spark, storage)
                .rows(source.forModel(saved.card().input(), saved.card().resized()));
        PredictionColumns columns = request.columns().of(found, source.columns().keep());
        ImageRows images = request.strict() ? StrictPixels.of(found, columns) : found;
        long start = System.nanoTime();
        try (Predictions predictions = Predictions.of(spark, saved, request.engine(), request.device())) {
            Observation told = new Observation();
            Dataset<Row> rows = wanted(counted(predictions.of(images, withError(columns)), told), columns);
            images.diagnosis()
                    .told(() -> JobName.during(spark.sparkContext(), "Predicting " + source.path(), () -> {
                        output.write(
                                rows.coalesce(Math.max(
                                        MOST_FILES, 4 * spark.sparkContext().defaultParallelism())),
                                columns,
                                saved.card().classes(),
                                () -> check(result(told, start, images), source));
                        return true;
                    }));
            return result(told, start, images);
        }
    }

    private static PredictionColumns withError(PredictionColumns columns) {
        if (columns.made().contains(new Made(Predicted.ERROR))) {
            return columns;
        }
        List<PredictionColumn> more = new ArrayList<>(columns.columns());
        more.add(new Made(Predicted.ERROR));
        return new PredictionColumns(more, columns.top());
    }

    /** Counts the rows as they are written: neither another look at the images nor at the predictions is needed. */
    private static Dataset<Row> counted(Dataset<Row> predictions, Observation told) {
        Column error = functions.col(Predicted.ERROR.column());
        return predictions.observe(
                told,
                functions.count(functions.lit(1)).as(IMAGES),
                functions.count(error).as(UNREAD),
                functions.min(error).as(EXAMPLE));
    }

    private static Dataset<Row> wanted(Dataset<Row> predictions, PredictionColumns columns) {
        return predictions.select(
                columns.names().stream().map(WantedColumns::named).toArray(Column[]::new));
    }

    private void check(Result result, ImageSource source) {
        if (result.images() == 0) {
            throw new UserException(
                    "predict " + source.path(),
                    "it holds no image",
                    "Set " + source.setting() + " to files with images");
        }
        if (request.strict() && result.unread() > 0) {
            throw new UserException(
                    "predict " + source.path(),
                    "of " + result.unread() + " images " + result.example().orElse("there is no prediction"),
                    "Use another model, or leave out --strict to have an error column");
        }
    }

    private static Result result(Observation told, long start, ImageRows images) {
        try {
            Map<String, Object> values = told.getAsJava();
            return new Result(
                    (Long) values.get(IMAGES),
                    (Long) values.get(UNREAD),
                    Optional.ofNullable((String) values.get(EXAMPLE)),
                    (System.nanoTime() - start) / 1e9,
                    images.label().isPresent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Spark counted the predictions", e);
        }
    }
}
