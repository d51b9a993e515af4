package io.github.sparkcnn.track.mlflow;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Where MLflow keeps runs. Used by one thread; every failure is an {@link IOException} that says on one line what happened. */
interface RunStore {

    /**
     * Begins a run that is running.
     *
     * @param experiment by its name, created where there is none
     * @param start in milliseconds since 1970
     */
    Stored create(String experiment, String name, long start, Map<String, String> tags) throws IOException;

    /** A run that was begun before; empty where it is no longer there. */
    Optional<Stored> find(String id) throws IOException;

    /** Adds to what is kept of a run. */
    void log(String id, Batch batch) throws IOException;

    /**
     * Says how a run stands.
     *
     * @param end in milliseconds since 1970; empty for a run that goes on
     */
    void update(String id, RunStatus status, OptionalLong end) throws IOException;

    /**
     * Keeps a file.
     *
     * @param path within the run's artifacts, with slashes between the folders
     * @throws UnreachableException where artifacts cannot be written from here, though the rest may
     */
    void put(Stored run, String path, Content content) throws IOException;

    /**
     * A run that is kept.
     *
     * @param artifacts where its artifacts belong, as MLflow names it
     * @param params that it has
     * @param lastSteps the last step of each metric that it has
     */
    record Stored(String id, String artifacts, Map<String, String> params, Map<String, Long> lastSteps) {

        public Stored {
            params = Map.copyOf(params);
            lastSteps = Map.copyOf(lastSteps);
        }

        /** The last step that it has the metric of; -1 for none. */
        long lastStep(String metric) {
            return lastSteps.getOrDefault(metric, -1L);
        }
    }
}
