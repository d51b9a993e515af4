package io.github.sparkcnn.track.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.track.mlflow.Batch.Pair;
import io.github.sparkcnn.track.mlflow.Messages.CreateExperiment;
import io.github.sparkcnn.track.mlflow.Messages.CreateRun;
import io.github.sparkcnn.track.mlflow.Messages.CreatedExperiment;
import io.github.sparkcnn.track.mlflow.Messages.Data;
import io.github.sparkcnn.track.mlflow.Messages.Done;
import io.github.sparkcnn.track.mlflow.Messages.FoundExperiment;
import io.github.sparkcnn.track.mlflow.Messages.FoundRun;
import io.github.sparkcnn.track.mlflow.Messages.LogBatch;
import io.github.sparkcnn.track.mlflow.Messages.UpdateRun;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Runs on a tracking server: MLflow's REST API 2.0. */
final class RestStore implements RunStore {

    private static final String API = "/api/2.0/mlflow/";
    private static final String DELETED = "deleted";

    private final Server server;
    private final ArtifactPlaces places;

    RestStore(Server server, ArtifactPlaces places) {
        this.server = server;
        this.places = places;
    }

    @Override
    public Stored create(String experiment, String name, long start, Map<String, String> tags) throws IOException {
        List<Pair> pairs = tags.entrySet().stream()
                .map(tag -> new Pair(tag.getKey(), tag.getValue()))
                .toList();
        CreateRun run = new CreateRun(experiment(experiment), tags.getOrDefault(Tags.USER, ""), name, start, pairs);
        return stored(server.post(API + "runs/create", run, FoundRun.class));
    }

    /** Somebody else may have created it in between. */
    private String experiment(String name) throws IOException {
        Optional<String> there = experimentThere(name);
        if (there.isPresent()) {
            return there.get();
        }
        try {
            return required(
                    server.post(API + "experiments/create", new CreateExperiment(name), CreatedExperiment.class)
                            .experimentId(),
                    "experiment_id");
        } catch (RefusedException e) {
            if (e.says(RefusedException.THERE_ALREADY)) {
                return experimentThere(name).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private Optional<String> experimentThere(String name) throws IOException {
        try {
            FoundExperiment found = server.get(
                    API + "experiments/get-by-name?experiment_name=" + URLEncoder.encode(name, UTF_8),
                    FoundExperiment.class);
            return Optional.of(required(found.experiment(), "experiment").experimentId());
        } catch (RefusedException e) {
            if (e.says(RefusedException.NOT_THERE)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<Stored> find(String id) throws IOException {
        try {
            FoundRun found = server.get(API + "runs/get?run_id=" + URLEncoder.encode(id, UTF_8), FoundRun.class);
            Stored stored = stored(found);
            return DELETED.equals(found.run().info().lifecycleStage()) ? Optional.empty() : Optional.of(stored);
        } catch (RefusedException e) {
            if (e.says(RefusedException.NOT_THERE)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Stored stored(FoundRun found) throws IOException {
        Messages.Info info = required(required(found.run(), "run").info(), "run.info");
        Data data = found.run().data();
        List<Messages.Param> params = data == null || data.params() == null ? List.of() : data.params();
        List<Messages.Latest> metrics = data == null || data.metrics() == null ? List.of() : data.metrics();
        return new Stored(
                required(info.runId(), "run.info.run_id"),
                info.artifactUri() == null ? "" : info.artifactUri(),
                params.stream()
                        .filter(param -> param.key() != null && param.value() != null)
                        .collect(Collectors.toMap(Messages.Param::key, Messages.Param::value, (a, b) -> b)),
                metrics.stream()
                        .filter(metric -> metric.key() != null)
                        .collect(Collectors.toMap(Messages.Latest::key, Messages.Latest::step, Math::max)));
    }

    /** Servers take values of different lengths; those that take less say so before they write anything. */
    @Override
    public void log(String id, Batch batch) throws IOException {
        log(id, batch, Names.PARAM_LENGTHS);
    }

    private void log(String id, Batch batch, List<Integer> lengths) throws IOException {
        Batch cut = batch.cut(lengths.get(0));
        List<Integer> shorter = lengths.subList(1, lengths.size());
        try {
            server.post(API + "runs/log-batch", new LogBatch(id, cut.metrics(), cut.params(), cut.tags()), Done.class);
        } catch (RefusedException e) {
            boolean mayBeTooLong = !shorter.isEmpty() && batch.longestParam() > shorter.get(shorter.size() - 1);
            if (!mayBeTooLong || !e.says(RefusedException.WRONG_VALUE)) {
                throw e;
            }
            log(id, batch, shorter);
        }
    }

    @Override
    public void update(String id, RunStatus status, OptionalLong end) throws IOException {
        Long time = end.isPresent() ? end.getAsLong() : null;
        server.post(API + "runs/update", new UpdateRun(id, status, time), Done.class);
    }

    @Override
    public void put(Stored run, String path, Content content) throws IOException {
        places.put(run.artifacts(), path, content);
    }

    private static <T> T required(T value, String name) throws IOException {
        if (value == null) {
            throw new IOException("its answer is not MLflow's (it has no " + name + ")");
        }
        return value;
    }
}
