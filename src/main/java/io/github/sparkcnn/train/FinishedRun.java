package io.github.sparkcnn.train;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.checkpoint.Origin;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Manifest;
import io.github.sparkcnn.track.MetricsFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A run that has come to its end, as its folder tells.
 *
 * @param origin what it was begun with
 * @param epochs the metrics of every epoch, in order
 */
record FinishedRun(Origin origin, List<EpochMetrics> epochs) {

    /** What is needed of the manifest. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Written(@JsonProperty("begun_with") Manifest.Begun begun, List<DataFile> data) {}

    /** Reads the contents of both files; empty of a version that did not say what a run was begun with. */
    static Optional<FinishedRun> read(byte[] manifest, byte[] metrics) throws IOException {
        Written written = Json.read(manifest, Written.class);
        if (written.begun() == null) {
            return Optional.empty();
        }
        Manifest.Begun begun = written.begun();
        return Optional.of(new FinishedRun(
                new Origin(begun.keys(), begun.network(), written.data(), begun.images()), MetricsFile.read(metrics)));
    }

    /** Whether it has trained all epochs, or as many as the stopping rule let it; one that diverged has not. */
    boolean isComplete(TrainingConfig training) {
        return epochs.size() == training.epochs() || stopping(training).isDue();
    }

    /** The epoch whose model it has left, counted from 1. */
    int modelEpoch(TrainingConfig training) {
        return training.earlyStopping().restoreBest() ? stopping(training).bestEpoch() : epochs.size();
    }

    private EarlyStopping stopping(TrainingConfig training) {
        EarlyStopping stopping = new EarlyStopping(training.earlyStopping());
        epochs.forEach(stopping::epochEnded);
        return stopping;
    }
}
