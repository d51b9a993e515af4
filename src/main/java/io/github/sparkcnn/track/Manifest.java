package io.github.sparkcnn.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * {@code manifest.json}: what it takes to understand and repeat a run.
 *
 * @param configuration the effective one, every key
 * @param gitCommit of the build
 * @param data the files that were read
 * @param seconds wall-clock time by phase
 */
public record Manifest(
        Map<String, Object> configuration,
        long seed,
        @JsonProperty("git_commit") String gitCommit,
        List<DataFile> data,
        Map<String, String> versions,
        Backend backend,
        Workers workers,
        Map<String, Double> seconds) {

    /** A file that was read, with its checksum. */
    public record DataFile(String path, long bytes, String checksum) {}

    /** What computed. */
    public record Backend(String name, String kernels, List<String> devices) {}

    /** Who trained, with how many threads each. */
    public record Workers(String strategy, int count, String master) {}
}
