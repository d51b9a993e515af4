package io.github.sparkcnn.train.report;

import io.github.sparkcnn.config.BatchSize;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.eval.ClassScores;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Manifest;
import io.github.sparkcnn.track.Seconds;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.track.Versions;
import io.github.sparkcnn.track.WorkerDevice;
import io.github.sparkcnn.track.report.LivePage;
import io.github.sparkcnn.track.report.Status;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkContext;

/** Shows a run in {@code report.html} after every epoch, until what it came to takes its place. */
public final class ReportListener implements TrainingListener {

    private final LivePage page;
    private final Configuration configuration;
    private final SparkContext spark;
    private final List<EpochMetrics> epochs = new ArrayList<>();
    private final List<StepMetrics> steps = new ArrayList<>();
    private String network = "";
    private List<WorkerDevice> devices = List.of();
    private int workers = 1;
    private Function<Status, String> newest = status -> "";

    /** Shows nothing before the first epoch: a run that is refused leaves nothing behind. */
    public ReportListener(LivePage page, Configuration configuration, SparkContext spark) {
        this.page = page;
        this.configuration = configuration;
        this.spark = spark;
    }

    @Override
    public void started(Map<String, Object> settings) {
        network = network(settings);
    }

    /** What is trained, by the settings in force. */
    static String network(Map<String, Object> settings) {
        return List.of("network.definition", "network.pretrained", "network.name").stream()
                .filter(settings::containsKey)
                .map(settings::get)
                .map(String::valueOf)
                .findFirst()
                .orElse("");
    }

    @Override
    public void resumed(List<EpochMetrics> before, List<StepMetrics> itsSteps) {
        epochs.addAll(before);
        steps.addAll(itsSteps);
    }

    @Override
    public void stepsTrained(List<StepMetrics> more) {
        steps.addAll(more);
    }

    @Override
    public void epochTrained(TrainedEpoch trained, double seconds) {
        devices = trained.devices();
        workers = Math.max(1, trained.workers().size());
    }

    @Override
    public void epochEnded(EpochMetrics metrics, Network trained) {
        epochs.add(metrics);
        if (metrics.validationLoss() == null) { // else its evaluation comes next
            show(Optional.empty(), Optional.empty());
        }
    }

    @Override
    public void evaluated(int epoch, PackedImages samples, Evaluation evaluation) {
        show(Optional.of(samples), Optional.of(evaluation));
    }

    private void show(Optional<PackedImages> samples, Optional<Evaluation> evaluation) {
        List<EpochMetrics> soFar = List.copyOf(epochs);
        List<StepMetrics> within = List.copyOf(steps);
        RunReport report = new RunReport(network, configuration, manifest(), names(evaluation));
        newest = status -> report.page(soFar, within, samples, evaluation, Explanations.NONE, Optional.of(status));
        Status running = Status.running(running(soFar.get(soFar.size() - 1)), Status.RELOAD_SECONDS);
        page.show(() -> newest.apply(running));
    }

    @Override
    public void ended() {
        page.end(() -> newest.apply(Status.over("The run has ended after epoch " + epochs.size() + " of "
                + configuration.training().epochs() + ", before it came to its end.")));
    }

    private String running(EpochMetrics last) {
        int all = configuration.training().epochs();
        return "Training goes on: epoch " + last.epoch() + " of " + all + " is done, about "
                + Seconds.about((all - last.epoch()) * last.seconds()) + " left, "
                + Status.asOfNow() + ".";
    }

    /** As far as it is known while the run goes on. */
    private Manifest manifest() {
        BatchSize batch = configuration.training().batch();
        return new Manifest(
                configuration.effective(),
                null,
                configuration.training().seed(),
                Versions.gitCommit(),
                List.of(),
                Versions.all(spark.version()),
                devices.isEmpty() ? null : devices.get(0).backend(),
                devices,
                new Manifest.Workers(
                        configuration.training().strategy().name(),
                        workers,
                        List.of(),
                        spark.master(),
                        batch.ofEach(workers),
                        batch.ofAll(workers)),
                Map.of(),
                List.of());
    }

    private static List<String> names(Optional<Evaluation> evaluation) {
        return evaluation
                .map(of -> of.report().classification().classes().stream()
                        .map(ClassScores::name)
                        .toList())
                .orElse(List.of());
    }
}
