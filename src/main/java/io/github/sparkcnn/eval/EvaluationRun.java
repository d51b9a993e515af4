package io.github.sparkcnn.eval;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.job.JobName;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.predict.Predicted;
import io.github.sparkcnn.predict.PredictionColumns;
import io.github.sparkcnn.predict.PredictionDevice;
import io.github.sparkcnn.predict.PredictionEngine;
import io.github.sparkcnn.predict.Predictions;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Evaluates a saved model on labelled images. */
public final class EvaluationRun {

    private static final String TRUE_LABEL = "label";

    private final SparkSession spark;
    private final Storage storage;
    private final String model;
    private final ImageSource data;
    private final PredictionDevice device;

    /** Prepares a run on the model of a folder and the images of a path, on whatever there is. */
    public EvaluationRun(SparkSession spark, Storage storage, String model, String data, String format) {
        this(spark, storage, model, new ImageSource(data, "--data", Split.TEST, format), PredictionDevice.ANY);
    }

    /** Prepares a run on the model of a folder and images that are labelled with its classes. */
    public EvaluationRun(SparkSession spark, Storage storage, String model, ImageSource data, PredictionDevice device) {
        this.spark = spark;
        this.storage = storage;
        this.model = model;
        this.data = data;
        this.device = device;
    }

    /** Reads the model, and predicts each image once, on the executors, of any number of images. */
    public EvaluationReport execute() {
        return execute(notice -> {});
    }

    /** The same, and tells which images were left out. */
    public EvaluationReport execute(Consumer<String> notices) {
        device.wake();
        ModelFolder.Saved saved = ModelFolder.load(storage, model);
        ImageTable images = images(new ImageReader(spark, storage), saved, data);
        try (Predictions predictions = Predictions.of(spark, saved, PredictionEngine.AUTO, device)) {
            EvaluationReport report = of(predictions, saved, images, data.path());
            images.diagnosis().notices(data.path()).forEach(notices);
            return report;
        }
    }

    /** Images of a model's classes, of a size that it takes. */
    static ImageTable images(ImageReader reader, ModelFolder.Saved saved, ImageSource data) {
        return reader.read(data.as(saved.card().classes())
                .forModel(saved.card().input(), saved.card().resized()));
    }

    /**
     * Predicts each image once, on the executors.
     *
     * @param predictions of the model
     * @param images of the model's classes
     * @param name of the images, for messages
     */
    public static EvaluationReport of(
            Predictions predictions, ModelFolder.Saved saved, ImageTable images, String name) {
        List<String> names = saved.card().labels();
        Dataset<Row> rows = predictions.of(
                images.labelledRows(), PredictionColumns.behind(List.of(TRUE_LABEL), Predicted.PROBABILITIES));
        EvaluationSums sums = images.diagnosis()
                .told(() -> JobName.during(
                        rows.sparkSession().sparkContext(), "Evaluating on " + name, () -> sum(rows, names.size())));
        if (sums.images() == 0) {
            throw noImage(name);
        }
        return sums.report(names);
    }

    static UserException noImage(String name) {
        return new UserException("evaluate on " + name, "it holds no image", "Set --data to files with images");
    }

    private static EvaluationSums sum(Dataset<Row> predictions, int classes) {
        MergeSums merge = new MergeSums();
        return predictions
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(new SumPredictions(classes))
                .treeAggregate(EvaluationSums.of(classes), merge, merge);
    }
}
