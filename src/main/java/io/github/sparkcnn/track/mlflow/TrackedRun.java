package io.github.sparkcnn.track.mlflow;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.MlflowConfig;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.mlflow.RunStore.Stored;
import java.io.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A run in MLflow, by itself or within another. Every method but the {@link #end} of one by itself returns at once, and none throws for
 * MLflow's sake: what goes wrong there is in {@link #warning}, once for a run and all that are within it, after which nothing more is
 * sent, or no artifact. Before it has begun, and after its end, nothing is.
 */
public final class TrackedRun {

    private final Courier courier;
    private final RunStore store;
    private final Storage storage;
    private final MlflowConfig config;
    private final String name;
    private final Optional<TrackedRun> parent;
    private final AtomicBoolean open = new AtomicBoolean();
    private Runnable prepared = () -> {};
    /** For the courier's thread alone. */
    private Stored stored;

    private TrackedRun(
            Courier courier,
            RunStore store,
            Storage storage,
            MlflowConfig config,
            String name,
            Optional<TrackedRun> parent) {
        this.courier = courier;
        this.store = store;
        this.storage = storage;
        this.config = config;
        this.name = name;
        this.parent = parent;
    }

    /**
     * A run that is within no other; nothing happens yet.
     *
     * @param name where the configuration has none
     * @throws UserException for credentials in the environment that cannot be sent
     */
    public static TrackedRun of(MlflowConfig config, String name, Storage storage) {
        return of(config, name, storage, Credentials.of(System::getenv), Patience.STANDARD);
    }

    static TrackedRun of(
            MlflowConfig config, String name, Storage storage, Credentials credentials, Patience patience) {
        return new TrackedRun(
                new Courier(config.uri().toString(), patience),
                store(config, storage, credentials, patience),
                storage,
                config,
                config.runName().orElse(name),
                Optional.empty());
    }

    private static RunStore store(MlflowConfig config, Storage storage, Credentials credentials, Patience patience) {
        if (config.isFolder()) {
            return new FolderStore(storage, new Path("file", null, new File(config.folder()).getAbsolutePath()));
        }
        Server server = new Server(config.uri(), credentials, patience);
        return new RestStore(server, new ArtifactPlaces(server, storage));
    }

    /** A run within this one, which has to have begun before it does, or be prepared to. */
    public TrackedRun child(String itsName) {
        return new TrackedRun(courier, store, storage, config, itsName, Optional.of(this));
    }

    /**
     * Begins it when the first run within it begins: if none does, all were refused, and it leaves nothing behind.
     *
     * @param kept where the run's id is kept, if it is
     */
    public synchronized void beginWithChild(Map<String, ?> params, Map<String, String> tags, Optional<Path> kept) {
        prepared = () -> begin(params, tags, kept);
    }

    /** Whoever comes second waits until it has begun. */
    private synchronized void beginIfPrepared() {
        prepared.run();
        prepared = () -> {};
    }

    /**
     * Begins it, or goes on in the one that the file names. A parameter that then has another value is a tag {@code resumed.KEY}, for
     * MLflow's cannot change.
     *
     * @param kept where the run's id is kept, if it is
     */
    public void begin(Map<String, ?> params, Map<String, String> tags, Optional<Path> kept) {
        begin(params, tags, kept, false);
    }

    /** Begins it whatever the file names, which then names this one. */
    public void beginAnew(Map<String, ?> params, Map<String, String> tags, Optional<Path> kept) {
        begin(params, tags, kept, true);
    }

    private void begin(Map<String, ?> params, Map<String, String> tags, Optional<Path> kept, boolean anew) {
        long start = System.currentTimeMillis();
        Map<String, String> named = Names.keys(params);
        Map<String, String> all = Names.keys(tags);
        parent.ifPresent(TrackedRun::beginIfPrepared);
        open.set(true);
        courier.opened(this);
        courier.send(() -> {
            if (anew) {
                kept.ifPresent(storage::delete);
            }
            Optional<Stored> before = anew ? Optional.empty() : before(kept);
            if (before.isPresent()) {
                stored = before.get();
                store.update(stored.id(), RunStatus.RUNNING, OptionalLong.empty());
            } else {
                Optional<String> within = parent.map(run -> run.stored.id());
                stored = store.create(config.experiment(), name, start, Tags.of(name, within));
                kept.ifPresent(file -> new KeptRun(config.uri().toString(), stored.id()).write(storage, file));
            }
            all.putAll(changed(named));
            named.keySet().removeAll(stored.params().keySet());
            log(named, all);
        });
    }

    private Optional<Stored> before(Optional<Path> kept) throws IOException {
        Optional<String> id =
                kept.isPresent() ? KeptRun.id(storage, kept.get(), config.uri().toString()) : Optional.empty();
        return id.isPresent() ? store.find(id.get()) : Optional.empty();
    }

    private Map<String, String> changed(Map<String, String> params) {
        Map<String, String> changed = new LinkedHashMap<>();
        params.forEach((key, value) -> {
            String before = stored.params().get(key);
            if (before != null && !before.equals(value) && !isCut(value, before)) {
                changed.put(Names.key("resumed." + key), value);
            }
        });
        return changed;
    }

    private static boolean isCut(String value, String before) {
        return Names.PARAM_LENGTHS.stream()
                .anyMatch(length -> Names.cut(value, length).equals(before));
    }

    private void log(Map<String, String> params, Map<String, String> tags) throws IOException {
        Map<String, String> fitting = new LinkedHashMap<>();
        tags.forEach((key, value) -> fitting.put(key, Names.cut(value, Names.TAG_LENGTH)));
        for (Batch batch : Batch.of(params, fitting)) {
            store.log(stored.id(), batch);
        }
    }

    /** Values of a step, unless the run has one of them of it or of a later one, as one that goes on may. */
    public void metrics(Map<String, Double> values, long step) {
        long now = System.currentTimeMillis();
        send(() -> {
            if (values.keySet().stream().allMatch(key -> step > stored.lastStep(key))) {
                store.log(stored.id(), Batch.of(values, now, step));
            }
        });
    }

    /** Values of a metric by their steps, but for those that the run has already, as one that goes on may. */
    public void metric(String key, SortedMap<Long, Double> values) {
        long now = System.currentTimeMillis();
        send(() -> {
            for (Batch batch : Batch.of(key, values.tailMap(stored.lastStep(key) + 1), now)) {
                store.log(stored.id(), batch);
            }
        });
    }

    /** Keeps a file, or a folder with all that is in it, under its own name. */
    public void artifact(Path file) {
        sendArtifact(() -> {
            Optional<FileStatus> status = storage.status(file);
            if (status.isPresent()) {
                put(status.get(), file.getName());
            }
        });
    }

    private void send(Courier.Errand errand) {
        if (open.get()) {
            courier.send(errand);
        }
    }

    private void sendArtifact(Courier.Errand errand) {
        if (open.get()) {
            courier.sendArtifact(errand);
        }
    }

    private void put(FileStatus file, String path) throws IOException {
        if (file.isDirectory()) {
            for (FileStatus inner : storage.list(file.getPath())) {
                put(inner, path + "/" + inner.getPath().getName());
            }
        } else {
            store.put(stored, path, Content.of(storage, file));
        }
    }

    /** Keeps an ONNX file as a model of MLflow's, in the artifacts' folder {@code onnx}. */
    public void model(byte[] onnx, ModelSignature signature) {
        sendArtifact(() -> {
            ModelFiles model = ModelFiles.of(stored.id(), onnx, signature);
            for (Map.Entry<String, byte[]> file : model.files().entrySet()) {
                store.put(stored, ModelFiles.FOLDER + "/" + file.getKey(), Content.of(file.getValue()));
            }
            log(Map.of(), Map.of(Tags.MODELS, model.history()));
        });
    }

    /** Something could not be said of it: the user has to be told, and the rest goes on. */
    public void missed(Throwable reason) {
        courier.missed(reason);
    }

    /**
     * Ends a run that has begun, once. One that is within no other waits some seconds at most until MLflow has all of it and of those
     * within it; for artifacts that take longer it does not.
     */
    public void end(RunStatus status) {
        boolean hasEnded = close(status == RunStatus.FAILED && courier.isDying() ? RunStatus.KILLED : status);
        if (parent.isEmpty()) {
            if (hasEnded) {
                courier.finish();
            }
            courier.close();
        }
    }

    /** The process is being killed. */
    void killed() {
        close(RunStatus.KILLED);
    }

    /** As when the process is being killed, of this one and all that are open with it. */
    void die() {
        courier.die();
    }

    private boolean close(RunStatus status) {
        if (!open.compareAndSet(true, false)) {
            return false;
        }
        OptionalLong end = OptionalLong.of(System.currentTimeMillis());
        courier.closed(this);
        courier.send(() -> store.update(stored.id(), status, end));
        return true;
    }

    /** What the user has to be told, the first time that it is asked for. */
    public Optional<String> warning() {
        return courier.warning();
    }
}
