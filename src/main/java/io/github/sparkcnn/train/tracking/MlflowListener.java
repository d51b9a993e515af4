package io.github.sparkcnn.train.tracking;

import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.track.Versions;
import io.github.sparkcnn.track.mlflow.RunStatus;
import io.github.sparkcnn.track.mlflow.TrackedRun;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/**
 * Tells MLflow of a run: what it was set to, each epoch, and what it has left. It waits for nobody but at the end, and then not for
 * long; what goes wrong is said once, at the next epoch's end, and is no failure of the run.
 */
public final class MlflowListener implements TrainingListener {

    /** Of files whose checksums are tags of their own; the manifest has all. */
    private static final int MOST_FILES = 50;

    private final TrackedRun run;
    private final Optional<RunFiles> files;
    private final Map<String, String> versions;
    private final Consumer<String> notice;
    private Map<String, Object> settings = Map.of();
    private Optional<PackedImages> samples = Optional.empty();
    private boolean continued = true;
    private boolean isDone;
    private boolean isQuiet;

    /**
     * Nothing is told before the first epoch begins: a run that is refused leaves nothing behind.
     *
     * @param files that it leaves; empty for one that leaves none
     * @param versions of what it runs on
     * @param notice hears what the user has to be told
     */
    MlflowListener(TrackedRun run, Optional<RunFiles> files, Map<String, String> versions, Consumer<String> notice) {
        this.run = run;
        this.files = files;
        this.versions = Map.copyOf(versions);
        this.notice = notice;
    }

    /** Whatever was tracked of a run in this folder was another's. */
    public void anew() {
        continued = false;
    }

    @Override
    public void started(Map<String, Object> inForce) {
        settings = inForce;
    }

    @Override
    public void begun(List<DataFile> data) {
        attempt(() -> begin(data));
    }

    private void begin(List<DataFile> data) {
        Map<String, String> tags = new LinkedHashMap<>(commit());
        versions.forEach((name, version) -> tags.put("version." + name, version));
        tags.putAll(checksums(data));
        Optional<Path> kept = files.map(RunFiles::kept);
        if (continued) {
            run.begin(params(settings), tags, kept);
        } else {
            run.beginAnew(params(settings), tags, kept);
        }
    }

    /** After the first thing that cannot be told no other is, but how the run ends. */
    private void attempt(Runnable telling) {
        if (isQuiet) {
            return;
        }
        try {
            telling.run();
        } catch (RuntimeException | LinkageError e) { // the training is none of MLflow's
            isQuiet = true;
            run.missed(e);
        }
    }

    /** They may not have been told: a tracking server that is down costs a run nothing. */
    @Override
    public void resumed(List<EpochMetrics> before, List<StepMetrics> steps) {
        attempt(() -> {
            tellSteps(steps);
            before.forEach(this::tell);
        });
    }

    /** Every key with the value in force, but those of tracking itself. */
    static Map<String, Object> params(Map<String, Object> settings) {
        Map<String, Object> params = new TreeMap<>(settings);
        params.keySet().removeIf(key -> key.startsWith("tracking."));
        return params;
    }

    static Map<String, String> commit() {
        return Map.of("mlflow.source.git.commit", Versions.gitCommit());
    }

    private static Map<String, String> checksums(List<DataFile> data) {
        Map<String, String> tags = new LinkedHashMap<>();
        data.stream().limit(MOST_FILES).forEach(file -> {
            String name = "file." + file.path().replaceAll(".*/", "");
            String key = tags.containsKey(name) ? name + "." + tags.size() : name;
            tags.put(key, "md5 " + file.md5() + ", " + file.bytes() + " bytes, " + file.path());
        });
        tags.put("files", Integer.toString(data.size()));
        return tags;
    }

    @Override
    public void stepsTrained(List<StepMetrics> steps) {
        attempt(() -> tellSteps(steps));
    }

    /** By steps, where all other metrics are by epochs. */
    private void tellSteps(List<StepMetrics> steps) {
        SortedMap<Long, Double> losses = new TreeMap<>();
        steps.forEach(step -> losses.put(step.step(), step.loss()));
        run.metric("train_loss_step", losses);
    }

    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        attempt(() -> tell(metrics));
        warn();
    }

    private void tell(EpochMetrics metrics) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("train_loss", metrics.trainLoss());
        if (metrics.validationLoss() != null) {
            values.put("validation_loss", metrics.validationLoss());
            values.put("validation_accuracy", metrics.validationAccuracy());
        }
        values.put("learning_rate", metrics.learningRate());
        values.put("images_per_second", metrics.imagesPerSecond());
        values.put("seconds", metrics.seconds());
        run.metrics(values, metrics.epoch());
    }

    @Override
    public void evaluated(int epoch, PackedImages images, Evaluation evaluation) {
        samples = Optional.of(images);
    }

    /** It has come as far as it was to go for now, and leaves no model. */
    public void paused() {
        isDone = true;
    }

    @Override
    public void succeeded() {
        isDone = true;
        attempt(() -> files.ifPresent(left -> left.send(run, samples, notice)));
    }

    @Override
    public void ended() {
        isQuiet = false;
        attempt(() -> run.end(isDone ? RunStatus.FINISHED : RunStatus.FAILED));
        warn();
    }

    private void warn() {
        run.warning().ifPresent(notice);
    }
}
