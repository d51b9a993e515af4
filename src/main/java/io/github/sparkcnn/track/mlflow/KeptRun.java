package io.github.sparkcnn.track.mlflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * {@code mlflow.json} of a run's folder: the run in MLflow that it goes on in.
 *
 * @param uri as in the configuration
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record KeptRun(String uri, @JsonProperty("run_id") String runId) {

    /** As MLflow takes them. */
    private static final String ID = "[A-Za-z0-9][A-Za-z0-9_-]{0,255}";

    /** The id in the file, if it is one there. */
    static Optional<String> id(Storage storage, Path file, String uri) throws IOException {
        if (!storage.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = storage.open(file)) {
            KeptRun kept = Json.read(in.readAllBytes(), KeptRun.class);
            boolean isIt = uri.equals(kept.uri) && kept.runId != null && kept.runId.matches(ID);
            return isIt ? Optional.of(kept.runId) : Optional.empty();
        } catch (IOException e) {
            throw new IOException(file + " does not say which run it was (" + Visible.firstLine(e) + ")", e);
        }
    }

    void write(Storage storage, Path file) {
        storage.write(file, Json.page(this));
    }
}
