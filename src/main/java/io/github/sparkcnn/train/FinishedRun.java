package io.github.sparkcnn.train;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
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
import org.apache.hadoop.fs.Path;

/**
 * A run that has come to its end, as its folder tells.
 *
 * @param origin what it was begun with
 * @param epochs the metrics of every epoch, in order
 */
record FinishedRun(Origin origin, List<EpochMetrics> epochs) {

    /** What is needed of the manifest. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Written(@JsonProperty("begun_with") Manifest.Begun begun, List<DataFile> data) {

        Written {
            origin(begun, data); // what is missing is damage to the file while it is read, and a fault of ours later
        }

        Optional<Origin> origin() {
            return origin(begun, data);
        }

        private static Optional<Origin> origin(Manifest.Begun begun, List<DataFile> data) {
            return Optional.ofNullable(begun).map(run -> new Origin(run.keys(), run.network(), data, run.images()));
        }
    }

    /** Makes something of a file's content; an IOException says on one line what is wrong with it. */
    private interface Parse<T> {
        T parse() throws IOException;
    }

    /**
     * Reads the contents of both files; empty of a version that did not say what a run was begun with.
     *
     * @param folder of the run, for messages
     * @throws UserException for one that is damaged
     */
    static Optional<FinishedRun> read(Path folder, byte[] manifest, byte[] metrics) {
        return whole(folder, "manifest.json", () -> Json.read(manifest, Written.class))
                .origin()
                .map(origin -> new FinishedRun(origin, whole(folder, "metrics.jsonl", () -> epochs(metrics))));
    }

    private static <T> T whole(Path folder, String file, Parse<T> content) {
        try {
            return content.parse();
        } catch (IOException e) {
            throw new UserException(
                    "resume " + folder,
                    "its " + file + " is damaged (" + Visible.firstLine(e) + ")",
                    "Bring back a whole copy of it, or delete manifest.json: the run then goes on behind its newest"
                            + " checkpoint, or where it kept none from the beginning");
        }
    }

    private static List<EpochMetrics> epochs(byte[] metrics) throws IOException {
        List<EpochMetrics> epochs = MetricsFile.read(metrics);
        if (epochs.stream().anyMatch(EpochMetrics::hasDiverged)) {
            throw new IOException("an epoch's validation loss is NaN");
        }
        return epochs;
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
