package io.github.sparkcnn.ml;

import org.apache.spark.ml.util.MLReader;

/** Reads a saved estimator. */
final class StageReader extends MLReader<CnnClassifier> {

    @Override
    public CnnClassifier load(String path) {
        StageMetadata metadata = StageMetadata.read(sparkSession(), path, CnnClassifier.class);
        return metadata.applyTo(new CnnClassifier(metadata.uid()));
    }
}
