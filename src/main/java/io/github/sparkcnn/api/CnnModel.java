package io.github.sparkcnn.api;

import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.EvaluationRun;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.predict.Predictions;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.TrainedNetwork;
import java.util.List;
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
        return EvaluationRun.of(model.on(images.session()), saved(), classified, "the images");
    }

    /** One row an image, {@link Predictions#SCHEMA}; computed when they are asked for. */
    public Dataset<Row> predict(ImageTable images) {
        return model.on(images.session()).of(images.as(saved().card().classes()));
    }

    /** Writes the folder with {@code model.zip} and {@code model.json}; what was there is replaced. */
    public void save(String path) {
        ModelFolder.save(storage, storage.path(path), saved().network(), saved().card());
    }
}
