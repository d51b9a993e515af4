package io.github.sparkcnn.train;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.checkpoint.Checkpoints;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Lease;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.Manifest;
import io.github.sparkcnn.track.MetricsFile;
import io.github.sparkcnn.track.StepsFile;
import io.github.sparkcnn.track.report.LivePage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** What a run leaves in its folder, each part whole or not there. */
final class RunFolder {

    private static final String OUTPUT = "--output";

    private final Storage storage;
    private final Path folder;
    private final LivePage report;

    RunFolder(Storage storage, Path folder) {
        this.storage = storage;
        this.folder = folder;
        this.report = new LivePage(storage, new Path(folder, "report.html"));
    }

    /** Refuses a folder that holds a run already, for nothing is overwritten; creates nothing. */
    void requireNew() {
        if (storage.exists(metricsPath()) || storage.exists(modelPath())) {
            throw new UserException(
                    "write the run to " + folder, "it holds one already", "Choose another --output or delete it");
        }
    }

    /** Refuses a folder that cannot be written; creates nothing. */
    void requireWritable() {
        new NamedOutput(storage, folder, OUTPUT).requireWritable();
    }

    /** Takes the folder for this process alone. */
    Lease take(Consumer<String> notice) {
        return Lease.take(storage, folder, notice);
    }

    /** Whether a run has come to its end here. */
    boolean isFinished() {
        return storage.exists(manifestPath());
    }

    /**
     * The run that has come to its end here, if one has that tells what it was begun with.
     *
     * @throws UserException where what tells it is damaged
     */
    Optional<FinishedRun> finished() {
        if (!isFinished() || !storage.exists(metricsPath()) || !storage.exists(modelPath())) {
            return Optional.empty();
        }
        try (InputStream manifest = storage.open(manifestPath());
                InputStream metrics = storage.open(metricsPath())) {
            return FinishedRun.read(folder, manifest.readAllBytes(), metrics.readAllBytes());
        } catch (IOException e) {
            throw new FileException("read", folder, e);
        }
    }

    /** Takes away what says that the run has come to its end, and what a driver that was killed left half-written. */
    void reopen() {
        storage.delete(manifestPath());
        storage.deleteUnfinished(folder);
        new Checkpoints(storage, folder).deleteUnfinished();
    }

    /** Refuses a model that is not whole: a run that has left such a one cannot be left as it is. */
    void requireWholeModel() {
        ModelFolder.requireWhole(storage, modelPath().toString());
    }

    MetricsFile metrics() {
        return new MetricsFile(storage, metricsPath());
    }

    StepsFile steps() {
        return new StepsFile(storage, new Path(folder, "steps.jsonl"));
    }

    Path modelPath() {
        return new Path(folder, "model");
    }

    Path tensorBoardPath() {
        return new Path(folder, "tensorboard");
    }

    void writeModel(Network network, ModelCard card) {
        ModelFolder.save(storage, modelPath(), network, card);
    }

    /** Keeps the best model so far. */
    void writeBest(Network network, ModelCard card) {
        ModelFolder.save(storage, bestPath(), network, card);
    }

    /** Puts the best model's numbers into the network. */
    void restoreBest(Network network) {
        Network best = ModelFolder.load(storage, bestPath().toString()).network();
        NetworkState.of(best).applyTo(network);
    }

    /** The page that shows the run while it goes on. */
    LivePage report() {
        return report;
    }

    /** Writes the page that shows what it came to. */
    void writeReport(String page) {
        report.finish(page);
    }

    void writeManifest(Manifest manifest) {
        storage.write(manifestPath(), Json.page(manifest));
    }

    private Path bestPath() {
        return new Path(folder, "best");
    }

    private Path manifestPath() {
        return new Path(folder, "manifest.json");
    }

    private Path metricsPath() {
        return new Path(folder, "metrics.jsonl");
    }
}
