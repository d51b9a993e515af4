package io.github.sparkcnn.train.tracking;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.mlflow.RunStatus;
import io.github.sparkcnn.track.mlflow.TrackedRun;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/**
 * A command that trains several runs, as one run that those are within; nothing where the configuration tracks none. Give it to each
 * {@link io.github.sparkcnn.train.TrainingRun}, then call {@link #succeeded} and close it: one that is closed without has failed.
 */
public final class ParentRun implements AutoCloseable {

    /** Of runs that are within no other. */
    public static final ParentRun NONE = new ParentRun(Optional.empty(), text -> {});

    private final Optional<TrackedRun> run;
    private final Consumer<String> notice;

    private ParentRun(Optional<TrackedRun> run, Consumer<String> notice) {
        this.run = run;
        this.notice = notice;
    }

    /**
     * One that begins with the first run within it, or goes on in the one that was begun in its folder.
     *
     * @param folder whose {@code mlflow.json} keeps the run's id, and whose name it has where the configuration has none
     * @param notice hears what the user has to be told
     */
    public static ParentRun of(Configuration configuration, Path folder, Storage storage, Consumer<String> notice) {
        Optional<TrackedRun> run =
                configuration.tracking().mlflow().map(mlflow -> TrackedRun.of(mlflow, folder.getName(), storage));
        run.ifPresent(parent -> parent.beginWithChild(
                MlflowListener.params(configuration.flat()),
                MlflowListener.commit(),
                Optional.of(RunFiles.kept(folder))));
        return new ParentRun(run, notice);
    }

    /**
     * What tells of a run with a folder, where it is tracked: within this one where there is one.
     *
     * @param versions of what it runs on
     * @param told hears what the user has to be told
     */
    public Optional<MlflowListener> listener(
            Configuration configuration,
            Storage storage,
            Path folder,
            Map<String, String> versions,
            Consumer<String> told) {
        RunFiles files = new RunFiles(storage, folder);
        return child(configuration, folder.getName(), storage)
                .map(tracked -> new MlflowListener(tracked, Optional.of(files), versions, told));
    }

    /** The same of a run that leaves no files. */
    public static Optional<MlflowListener> listener(
            Configuration configuration, Storage storage, Map<String, String> versions, Consumer<String> told) {
        return NONE.child(configuration, "sparkcnn", storage)
                .map(tracked -> new MlflowListener(tracked, Optional.empty(), versions, told));
    }

    private Optional<TrackedRun> child(Configuration configuration, String name, Storage storage) {
        return run.map(parent -> parent.child(name))
                .or(() -> configuration.tracking().mlflow().map(mlflow -> TrackedRun.of(mlflow, name, storage)));
    }

    /** It has come to its end; files that are there are kept as artifacts. */
    public void succeeded(Path... files) {
        run.ifPresent(tracked -> {
            for (Path file : files) {
                tracked.artifact(file);
            }
            tracked.end(RunStatus.FINISHED);
        });
    }

    @Override
    public void close() {
        run.ifPresent(tracked -> {
            tracked.end(RunStatus.FAILED);
            tracked.warning().ifPresent(notice);
        });
    }
}
