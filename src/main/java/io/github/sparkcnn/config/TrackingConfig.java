package io.github.sparkcnn.config;

import io.github.sparkcnn.keys.Keys;
import java.util.Optional;

/**
 * The keys {@code tracking.*}: where else a run is recorded than in its own folder.
 *
 * @param mlflow empty: not in MLflow
 */
public record TrackingConfig(Optional<MlflowConfig> mlflow) {

    static TrackingConfig of(Keys keys) {
        return new TrackingConfig(MlflowConfig.of(keys.under("mlflow")));
    }
}
