package io.github.sparkcnn.eval;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DataConfig.Format;
import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageSource;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.Split;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.model.ModelFolder;
import org.apache.spark.sql.SparkSession;

/** Evaluates a saved model on labelled images. */
public final class EvaluationRun {

    private final SparkSession spark;
    private final Storage storage;
    private final String model;
    private final String data;
    private final Format format;

    /** Prepares a run on the model of a folder and the images of a path. */
    public EvaluationRun(SparkSession spark, Storage storage, String model, String data, Format format) {
        this.spark = spark;
        this.storage = storage;
        this.model = model;
        this.data = data;
        this.format = format;
    }

    /** Reads the model and the images, and predicts each image once. */
    public Evaluation execute() {
        Kernels.wake();
        ModelFolder.Saved saved = ModelFolder.load(storage, model);
        int classes = saved.card().labels().size();
        ImageTable images = new ImageReader(spark, storage)
                .read(new ImageSource(data, "--data", Split.TEST, format, Malformed.FAIL, classes));
        if (!images.shape().equals(saved.card().input())) {
            throw new UserException(
                    "evaluate " + model + " on " + data,
                    "its images are " + images.shape() + ", the model takes "
                            + saved.card().input(),
                    "Use images of the model's shape");
        }
        try (Replica replica = Kernels.open(
                saved.network(),
                images.shape(),
                KernelOptions.defaults().withThreads(Runtime.getRuntime().availableProcessors()))) {
            return new TestSet(images.collect(), saved.card().normalization(), classes).evaluate(replica);
        }
    }
}
