package io.github.sparkcnn.api;

import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.EvaluationRun;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.predict.Predicted;
import io.github.sparkcnn.predict.PredictionColumns;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.TrainedNetwork;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A trained network: evaluates, predicts, is saved. */
public final class CnnModel {

    private final Storage storage;
    private final SentModel model;
    private final List<EpochMetrics> epochs;

    CnnModel(Storage storage, TrainedNetwork trained) {
        this(storage, trained.model(), trained.epochs());
    }

    CnnModel(Storage storage, ModelFolder.Saved saved) {
        this(storage, saved, List.of());
    }

    private CnnModel(Storage storage, ModelFolder.Saved saved, List<EpochMetrics> epochs) {
        this.storage = storage;
        this.model = new SentModel(saved);
        this.epochs = epochs;
    }

    /** The classes' names, in the order of the network's outputs. */
    public List<String> labels() {
        return saved().card().labels();
    }

    /** The metrics of every epoch, in order; empty where the model was loaded. */
    public List<EpochMetrics> epochs() {
        return epochs;
    }

    /** The network, and what one must know to use it. */
    public ModelFolder.Saved saved() {
        return model.saved();
    }

    /** Loss, accuracy, scores of each class and confusion matrix on labelled images. */
    public EvaluationReport evaluate(ImageTable images) {
        ImageTable classified = images.as(saved().card().classes());
        return EvaluationRun.of(model.on(session(classified.labelledRows())), saved(), classified, "the images");
    }

    /**
     * One row an image with the columns {@code label, name, probability, margin, true_label}; computed when they are asked for.
     */
    public Dataset<Row> predict(ImageTable images) {
        return predict(images.as(saved().card().classes()).labelledRows());
    }

    /** The same with all columns of the rows but the image, in front; the label, if there is one, as {@code true_label}. */
    public Dataset<Row> predict(ImageRows rows) {
        List<PredictionColumns.PredictionColumn> columns = Stream.concat(
                        Stream.of(rows.rows().columns())
                                .filter(name -> !rows.imageColumns().contains(name))
                                .map(name -> new PredictionColumns.Kept(
                                        name,
                                        rows.label()
                                                .filter(name::equals)
                                                .map(label -> "true_label")
                                                .orElse(name))),
                        Stream.of(Predicted.LABEL, Predicted.NAME, Predicted.PROBABILITY, Predicted.MARGIN)
                                .map(PredictionColumns.Made::new))
                .map(PredictionColumns.PredictionColumn.class::cast)
                .toList();
        return model.on(session(rows)).of(rows, new PredictionColumns(columns, 0));
    }

    private static org.apache.spark.sql.SparkSession session(ImageRows rows) {
        return rows.rows().sparkSession();
    }

    /** Writes the folder with {@code model.zip} and {@code model.json}; what was there is replaced. */
    public void save(String path) {
        ModelFolder.save(storage, storage.path(path), saved().network(), saved().card());
    }
}
