package io.github.sparkcnn.track.mlflow;

import java.io.ByteArrayInputStream;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads YAML as MLflow does: by a reader of YAML's own. */
final class Yaml {

    private Yaml() {}

    static Map<?, ?> read(byte[] file) {
        return new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions()))
                .load(new ByteArrayInputStream(file));
    }
}
