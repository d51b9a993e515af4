package io.github.sparkcnn.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.kernel.BackendReport;
import java.util.List;
import java.util.Map;

/**
 * {@code manifest.json}: what it takes to understand and repeat a run.
 *
 * @param configuration the effective one, every key
 * @param begun what decides the result beside the data
 * @param gitCommit of the build
 * @param data the files that were read
 * @param backend of the driver
 * @param devices of the workers in the last epoch; empty where the strategy does not tell
 * @param seconds wall-clock time by phase; {@code train.steps}, {@code .minibatches}, {@code .averaging}, {@code .waiting}:
 *     the mean worker's
 * @param epochs the same for each epoch that this process trained; {@code other} is what is in no phase
 */
public record Manifest(
        Map<String, Object> configuration,
        @JsonProperty("begun_with") Begun begun,
        long seed,
        @JsonProperty("git_commit") String gitCommit,
        List<DataFile> data,
        Map<String, String> versions,
        BackendReport backend,
        List<WorkerDevice> devices,
        Workers workers,
        Map<String, Double> seconds,
        List<Map<String, Double>> epochs) {

    /**
     * What a run that goes on has to be begun with again.
     *
     * @param keys of the configuration that decide the result, with their values as text
     * @param network SHA-256 of the network's definition, in hexadecimal
     * @param images training images that were read
     */
    public record Begun(Map<String, String> keys, String network, long images) {}

    /**
     * How many trained, and how.
     *
     * @param batchSizes images of each worker in a full step, by rank; null from versions that did not tell
     * @param totalBatchSize images of all workers in a full step; null likewise
     */
    public record Workers(
            String strategy,
            int count,
            String master,
            @JsonProperty("batch_sizes") List<Integer> batchSizes,
            @JsonProperty("total_batch_size") Long totalBatchSize) {}
}
