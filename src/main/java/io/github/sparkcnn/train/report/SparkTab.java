package io.github.sparkcnn.train.report;

import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.track.report.Report;
import io.github.sparkcnn.track.report.ReportPage;
import io.github.sparkcnn.track.report.Status;
import io.github.sparkcnn.train.listener.EpochLine;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;

/**
 * Shows a run on Spark's page while it goes on: where its epoch is, with loss, images/s and the time left, and the epochs before. It is a
 * tab because Spark shows what a task accumulates when the task has ended, and a worker's lasts as long as the run. Nothing is written
 * before somebody asks for it.
 */
public final class SparkTab implements TrainingListener {

    private static final int RELOAD_SECONDS = 5;

    private final SparkContext spark;
    private final int ofEpochs;
    private final EpochLine line;
    private final List<EpochMetrics> epochs = new ArrayList<>();
    private final List<StepMetrics> steps = new ArrayList<>();
    private String title = "";
    private int epoch;
    private boolean within;
    private Optional<SparkPage> page = Optional.empty();

    /** Of a run of so many epochs; shows nothing before it begins. */
    public SparkTab(SparkContext spark, int ofEpochs) {
        this.spark = spark;
        this.ofEpochs = ofEpochs;
        this.line = new EpochLine(ofEpochs, 1, System::nanoTime);
    }

    @Override
    public synchronized void started(Map<String, Object> settings) {
        title = ReportListener.network(settings) + " on " + settings.get("data.train");
        line.started(settings);
    }

    @Override
    public void begun(List<DataFile> data) {
        page = SparkPage.open(spark, this::render);
    }

    @Override
    public synchronized void resumed(List<EpochMetrics> before, List<StepMetrics> itsSteps) {
        epochs.addAll(before);
        steps.addAll(itsSteps);
    }

    @Override
    public synchronized void progressed(int now, EpochProgress seen, long ofImages) {
        line.progressed(now, seen, ofImages);
        epoch = now;
        within = true;
    }

    @Override
    public synchronized void stepsTrained(List<StepMetrics> more) {
        steps.addAll(more);
    }

    @Override
    public synchronized void epochEnded(EpochMetrics metrics, Network network) {
        epochs.add(metrics);
        line.ended(metrics);
        within = within && epoch >= metrics.epoch(); // the next may have begun
    }

    String render() {
        Report report;
        String status;
        synchronized (this) {
            status = status();
            report = new Report(
                    title,
                    spark.appName() + ", " + spark.applicationId(),
                    List.copyOf(epochs),
                    List.copyOf(steps),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    Map.of(),
                    Map.of());
        }
        return ReportPage.render(report, Optional.of(Status.running(status, RELOAD_SECONDS)));
    }

    private String status() {
        if (within) {
            return "Epoch " + (epoch + 1) + " of " + ofEpochs + ": "
                    + line.toString().strip().replace("  ", ", ") + ".";
        }
        return epochs.isEmpty()
                ? "The first epoch has begun."
                : "Epoch " + epochs.get(epochs.size() - 1).epoch() + " of " + ofEpochs + " is done.";
    }

    /** Where the page is on Spark's; empty where there is none. */
    Optional<String> path() {
        return page.map(SparkPage::path);
    }

    @Override
    public void ended() {
        page.ifPresent(SparkPage::close);
        page = Optional.empty();
    }
}
