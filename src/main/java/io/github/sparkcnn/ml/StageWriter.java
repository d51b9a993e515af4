package io.github.sparkcnn.ml;

import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLWriter;

/** Writes a stage to a Hadoop path: its metadata, and the model, if it is one, as the folder {@code model} of a training run. */
final class StageWriter extends MLWriter {

    static final String MODEL = "model";

    private final Params stage;

    StageWriter(Params stage) {
        this.stage = stage;
    }

    @Override
    public void saveImpl(String path) {
        if (stage instanceof CnnClassificationModel model) {
            // On the default file system where the path has no scheme, as all of Spark ML's.
            Storage storage = Storage.ofCluster(sc().hadoopConfiguration());
            ModelFolder.save(
                    storage,
                    new Path(storage.path(path), MODEL),
                    model.saved().network(),
                    model.saved().card());
        }
        StageMetadata.write(sparkSession(), stage, path); // last: it says that all is there
    }
}
