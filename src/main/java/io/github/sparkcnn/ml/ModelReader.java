package io.github.sparkcnn.ml;

import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import org.apache.spark.ml.util.MLReader;

/** Reads a saved model. */
final class ModelReader extends MLReader<CnnClassificationModel> {

    @Override
    public CnnClassificationModel load(String path) {
        StageMetadata metadata = StageMetadata.read(sparkSession(), path, CnnClassificationModel.class);
        ModelFolder.Saved saved = ModelFolder.load(Storage.ofCluster(sc().hadoopConfiguration()), path);
        return metadata.applyTo(new CnnClassificationModel(metadata.uid(), saved));
    }
}
