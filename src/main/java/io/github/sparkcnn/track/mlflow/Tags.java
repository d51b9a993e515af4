package io.github.sparkcnn.track.mlflow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tags that MLflow's own pages know. */
final class Tags {

    static final String NAME = "mlflow.runName";
    static final String PARENT = "mlflow.parentRunId";
    static final String USER = "mlflow.user";
    static final String COMMIT = "mlflow.source.git.commit";
    /** A JSON list of the models that a run has left. */
    static final String MODELS = "mlflow.log-model.history";

    private static final String SOURCE = "mlflow.source.name";
    private static final String SOURCE_TYPE = "mlflow.source.type";
    private static final String JOB = "JOB";

    private Tags() {}

    /** Those that a run is created with. */
    static Map<String, String> of(String name, Optional<String> parent) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(NAME, name);
        tags.put(USER, System.getProperty("user.name", ""));
        tags.put(SOURCE, "sparkcnn");
        tags.put(SOURCE_TYPE, JOB);
        parent.ifPresent(id -> tags.put(PARENT, id));
        return tags;
    }
}
