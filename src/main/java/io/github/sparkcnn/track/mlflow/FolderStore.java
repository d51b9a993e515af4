package io.github.sparkcnn.track.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.mlflow.Batch.Metric;
import io.github.sparkcnn.track.mlflow.Batch.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Runs in a folder, laid out as MLflow's own file store: {@code EXPERIMENT/meta.yaml} and {@code EXPERIMENT/RUN/meta.yaml}, beside
 * it a file a parameter, metric and tag, and the artifacts.
 */
final class FolderStore implements RunStore {

    private static final String META = "meta.yaml";
    private static final String PARAMS = "params";
    private static final String METRICS = "metrics";
    private static final String TAGS = "tags";
    private static final String ARTIFACTS = "artifacts";
    private static final String NAME = "name";
    private static final String ACTIVE = "active";
    private static final String STAGE = "lifecycle_stage";
    /** MLflow's number for a run that no project of its has started. */
    private static final int SOURCE_LOCAL = 4;
    /** Of 18 digits, as MLflow's are. */
    private static final long LEAST_EXPERIMENT = 100_000_000_000_000_000L;

    private final Storage storage;
    private final Path root;
    private final Map<String, Path> runs = new HashMap<>();

    FolderStore(Storage storage, Path root) {
        this.storage = storage;
        this.root = root;
    }

    @Override
    public Stored create(String experiment, String name, long start, Map<String, String> tags) throws IOException {
        return reporting(() -> {
            Path home = experiment(experiment, start);
            String id = UUID.randomUUID().toString().replace("-", "");
            Path run = new Path(home, id);
            for (String folder : List.of(PARAMS, METRICS, TAGS, ARTIFACTS)) {
                storage.createFolder(new Path(run, folder));
            }
            Map<String, Object> meta = new LinkedHashMap<>();
            meta.put("artifact_uri", uri(new Path(run, ARTIFACTS)));
            meta.put("deleted_time", null);
            meta.put("end_time", null);
            meta.put("entry_point_name", "");
            meta.put("experiment_id", home.getName());
            meta.put(STAGE, ACTIVE);
            meta.put("run_id", id);
            meta.put("run_name", name);
            meta.put("run_uuid", id);
            meta.put("source_name", "");
            meta.put("source_type", SOURCE_LOCAL);
            meta.put("source_version", "");
            meta.put("start_time", start);
            meta.put("status", RunStatus.RUNNING.number());
            meta.put("tags", List.of());
            meta.put("user_id", tags.getOrDefault(Tags.USER, ""));
            write(new Path(run, META), MetaFile.write(meta));
            for (Map.Entry<String, String> tag : tags.entrySet()) {
                write(new Path(run, TAGS), tag.getKey(), tag.getValue());
            }
            return new Stored(id, run.toString(), Map.of(), Map.of());
        });
    }

    private Path experiment(String name, long now) throws IOException {
        List<FileStatus> there = storage.exists(root) ? storage.list(root) : List.of();
        for (FileStatus folder : there) {
            if (folder.isDirectory() && isThere(folder.getPath()) && isActive(folder.getPath(), name)) {
                return folder.getPath();
            }
        }
        Path home = home(name);
        if (isThere(home)) {
            return home;
        }
        String id = home.getName();
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("artifact_location", uri(home));
        meta.put("creation_time", now);
        meta.put("experiment_id", id);
        meta.put("last_update_time", now);
        meta.put(STAGE, ACTIVE);
        meta.put(NAME, name);
        write(new Path(home, META), MetaFile.write(meta));
        return home;
    }

    /** By the name alone: two runs that begin at once write the same experiment. One that has been deleted or renamed stays. */
    private Path home(String name) throws IOException {
        Path home;
        int others = 0;
        do {
            UUID hash = UUID.nameUUIDFromBytes((name + "\n" + others).getBytes(UTF_8));
            long number = Math.floorMod(hash.getLeastSignificantBits(), 9 * LEAST_EXPERIMENT);
            home = new Path(root, Long.toString(LEAST_EXPERIMENT + number));
            others++;
        } while (isThere(home) && !isActive(home, name));
        return home;
    }

    private boolean isThere(Path experiment) {
        return storage.exists(new Path(experiment, META));
    }

    private boolean isActive(Path experiment, String name) throws IOException {
        Map<String, String> meta = MetaFile.read(read(new Path(experiment, META)));
        return name.equals(meta.get(NAME)) && ACTIVE.equals(meta.get(STAGE));
    }

    @Override
    public Optional<Stored> find(String id) throws IOException {
        return reporting(() -> {
            Optional<Path> there = folder(id);
            if (there.isEmpty()
                    || !ACTIVE.equals(
                            MetaFile.read(read(new Path(there.get(), META))).get(STAGE))) {
                return Optional.empty();
            }
            Path run = there.get();
            return Optional.of(new Stored(id, run.toString(), params(run), lastSteps(run)));
        });
    }

    private Optional<Path> folder(String id) {
        if (!runs.containsKey(id) && storage.exists(root)) {
            storage.list(root).stream()
                    .map(experiment -> new Path(experiment.getPath(), id))
                    .filter(run -> storage.exists(new Path(run, META)))
                    .findFirst()
                    .ifPresent(run -> runs.put(id, run));
        }
        return Optional.ofNullable(runs.get(id));
    }

    private Map<String, String> params(Path run) throws IOException {
        Map<String, String> params = new LinkedHashMap<>();
        for (FileStatus file : storage.list(new Path(run, PARAMS))) {
            params.put(file.getPath().getName(), new String(read(file.getPath()), UTF_8));
        }
        return params;
    }

    private Map<String, Long> lastSteps(Path run) throws IOException {
        Map<String, Long> last = new HashMap<>();
        for (FileStatus file : storage.list(new Path(run, METRICS))) {
            for (String line : new String(read(file.getPath()), UTF_8).lines().toList()) {
                String[] parts = line.split(" ", -1);
                if (parts.length == 3 && parts[2].matches("\\d{1,18}")) {
                    last.merge(file.getPath().getName(), Long.parseLong(parts[2]), Math::max);
                }
            }
        }
        return last;
    }

    @Override
    public void log(String id, Batch batch) throws IOException {
        Batch cut = batch.cut(Names.PARAM_LENGTHS.get(0));
        reporting(() -> {
            Path run = run(id);
            for (Pair param : cut.params()) {
                write(new Path(run, PARAMS), param.key(), param.value());
            }
            Map<String, String> lines = new LinkedHashMap<>();
            for (Metric metric : cut.metrics()) {
                String line = metric.timestamp() + " " + metric.value() + " " + metric.step() + "\n";
                lines.merge(metric.key(), line, String::concat);
            }
            for (Map.Entry<String, String> metric : lines.entrySet()) {
                try (OutputStream out = storage.append(Storage.in(new Path(run, METRICS), metric.getKey()))) {
                    out.write(metric.getValue().getBytes(UTF_8));
                }
            }
            for (Pair tag : cut.tags()) {
                write(new Path(run, TAGS), tag.key(), tag.value());
            }
            return null;
        });
    }

    @Override
    public void update(String id, RunStatus status, OptionalLong end) throws IOException {
        reporting(() -> {
            Path meta = new Path(run(id), META);
            String text = new String(read(meta), UTF_8)
                    .replaceAll("(?m)^status: .*$", "status: " + status.number())
                    .replaceAll("(?m)^end_time: .*$", "end_time: " + (end.isPresent() ? end.getAsLong() : "null"));
            write(meta, text.getBytes(UTF_8));
            return null;
        });
    }

    @Override
    public void put(Stored run, String path, Content content) throws IOException {
        reporting(() -> {
            Path file = new Path(new Path(run.artifacts()), ARTIFACTS);
            for (String name : path.split("/", -1)) {
                file = Storage.in(file, name);
            }
            storage.write(file, out -> {
                try (InputStream in = content.stream().get()) {
                    in.transferTo(out);
                }
            });
            return null;
        });
    }

    private Path run(String id) throws IOException {
        return folder(id).orElseThrow(() -> new IOException("it has no run " + id));
    }

    private void write(Path folder, String key, String value) {
        write(Storage.in(folder, key), value.getBytes(UTF_8));
    }

    private void write(Path file, byte[] content) {
        storage.write(file, out -> out.write(content));
    }

    private byte[] read(Path file) throws IOException {
        try (InputStream in = storage.open(file)) {
            return in.readAllBytes();
        }
    }

    /** {@code file:///…}, as MLflow writes it. */
    private static String uri(Path path) {
        return "file://" + path.toUri().getRawPath();
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T reporting(Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (RuntimeException e) { // storage's own, and Hadoop's for names that no file can have
            throw new IOException(Visible.firstLine(e), e);
        }
    }
}
