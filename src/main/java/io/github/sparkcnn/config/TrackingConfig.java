package io.github.sparkcnn.config;

import io.github.sparkcnn.keys.Keys;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The keys {@code tracking.*}: how closely a run is watched, and where else it is recorded than in its own folder.
 *
 * @param lossEvery minibatches of a worker between two points of the loss; 0 for none, empty for as many points as are usual
 * @param explain places of the test images, from 0, that are shown with what speaks for their classes; empty for the first ones
 * @param mlflow empty: not in MLflow
 */
public record TrackingConfig(
        Optional<Integer> lossEvery, Optional<List<Integer>> explain, Optional<MlflowConfig> mlflow) {

    private static final int MOST_EXPLAINED = 100;

    public TrackingConfig {
        explain = explain.map(List::copyOf);
    }

    static TrackingConfig of(Keys keys) {
        Optional<List<Integer>> explain = keys.optionalWholes("explain");
        explain.ifPresent(places -> keys.require(
                areExplained(places),
                "explain",
                places,
                "null, or 1 to " + MOST_EXPLAINED + " different numbers of test images, the first of which is 0"));
        return new TrackingConfig(keys.optionalWhole("loss-every", 0), explain, MlflowConfig.of(keys.under("mlflow")));
    }

    private static boolean areExplained(List<Integer> places) {
        return !places.isEmpty()
                && places.size() <= MOST_EXPLAINED
                && places.stream().allMatch(place -> place >= 0)
                && new HashSet<>(places).size() == places.size();
    }
}
