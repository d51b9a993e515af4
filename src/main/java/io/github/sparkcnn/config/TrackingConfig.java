package io.github.sparkcnn.config;

import io.github.sparkcnn.keys.Keys;
import java.util.Optional;

/**
 * The keys {@code tracking.*}: how closely a run is watched, and where else it is recorded than in its own folder.
 *
 * @param lossEvery minibatches of a worker between two points of the loss; 0 for none, empty for as many points as are usual
 * @param mlflow empty: not in MLflow
 */
public record TrackingConfig(Optional<Integer> lossEvery, Optional<MlflowConfig> mlflow) {

    static TrackingConfig of(Keys keys) {
        return new TrackingConfig(keys.optionalWhole("loss-every", 0), MlflowConfig.of(keys.under("mlflow")));
    }
}
