package io.github.sparkcnn.track;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * A run as its folder tells it.
 *
 * @param folder as it was named
 * @param epochs at least one, in order
 * @param configuration every key that has a value, with dots between the groups; empty where the run has not come to its end
 * @param data the files that were read
 * @param environment versions, the build's commit, how many workers trained how
 * @param seconds wall-clock time by phase
 */
public record RecordedRun(
        String folder,
        List<EpochMetrics> epochs,
        Map<String, String> configuration,
        List<DataFile> data,
        Map<String, String> environment,
        Map<String, Double> seconds) {

    /** What is told of the manifest; those of other versions may lack some of it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Written(
            Map<String, Object> configuration,
            @JsonProperty("git_commit") String gitCommit,
            List<DataFile> data,
            Map<String, String> versions,
            Map<String, Object> workers,
            Map<String, Double> seconds) {

        Written {
            data = data == null ? List.of() : List.copyOf(data);
            data.forEach(file -> Objects.requireNonNull(file.path(), "a file of data has no path"));
        }
    }

    /**
     * Reads a run's folder.
     *
     * @throws UserException for a folder that is none of a run, or whose files cannot be read
     */
    public static RecordedRun read(Storage storage, String given) {
        Path folder = storage.path(given);
        try {
            List<EpochMetrics> epochs = epochs(storage, folder);
            if (epochs.isEmpty()) {
                throw refusal(folder, "its metrics.jsonl has no epoch");
            }
            return manifest(storage, folder)
                    .map(written -> of(given, epochs, written))
                    .orElseGet(() -> new RecordedRun(given, epochs, Map.of(), List.of(), Map.of(), Map.of()));
        } catch (IOException e) {
            throw refusal(folder, e.getMessage());
        }
    }

    private static List<EpochMetrics> epochs(Storage storage, Path folder) throws IOException {
        byte[] lines = content(storage, new Path(folder, "metrics.jsonl"))
                .orElseThrow(() -> refusal(folder, "it has no metrics.jsonl"));
        try {
            return MetricsFile.read(lines);
        } catch (IOException e) {
            throw damaged(folder, "metrics.jsonl", e);
        }
    }

    /** Of a run that has come to its end. */
    private static Optional<Written> manifest(Storage storage, Path folder) throws IOException {
        Optional<byte[]> json = content(storage, new Path(folder, "manifest.json"));
        try {
            return json.isPresent() ? Optional.of(Json.read(json.get(), Written.class)) : Optional.empty();
        } catch (IOException e) {
            throw damaged(folder, "manifest.json", e);
        }
    }

    private static UserException damaged(Path folder, String file, IOException why) {
        return new UserException(
                "read run " + folder,
                "its " + file + " is damaged (" + why.getMessage() + ")",
                "Leave this run out, or bring back a whole copy of the file");
    }

    private static Optional<byte[]> content(Storage storage, Path file) throws IOException {
        if (!storage.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = storage.open(file)) {
            return Optional.of(in.readAllBytes());
        }
    }

    private static UserException refusal(Path folder, String reason) {
        return new UserException(
                "read run " + folder, reason, "Name the folder of a training run, as --output gave it");
    }

    private static RecordedRun of(String given, List<EpochMetrics> epochs, Written written) {
        Map<String, String> configuration = new TreeMap<>();
        flatten("", Optional.ofNullable(written.configuration()).orElse(Map.of()), configuration);
        Map<String, String> environment =
                new TreeMap<>(Optional.ofNullable(written.versions()).orElse(Map.of()));
        environment.values().removeIf(Objects::isNull);
        environment.put("git commit", String.valueOf(written.gitCommit()));
        environment.putAll(
                RecordedWorkers.inWords(Optional.ofNullable(written.workers()).orElse(Map.of())));
        return new RecordedRun(
                given,
                epochs,
                configuration,
                written.data(),
                environment,
                Optional.ofNullable(written.seconds()).orElse(Map.of()));
    }

    private static void flatten(String prefix, Map<?, ?> group, Map<String, String> flat) {
        group.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(prefix + name + ".", inner, flat);
            } else if (value != null) {
                flat.put(prefix + name, String.valueOf(value));
            }
        });
    }
}
