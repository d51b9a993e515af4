package io.github.sparkcnn.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.TrainingConfig.Strategy;
import io.github.sparkcnn.device.ClusterProbe;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.PeakMemory;
import io.github.sparkcnn.track.RecordedRun;
import io.github.sparkcnn.track.report.SideBySide;
import io.github.sparkcnn.train.TrainingRun;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.train.tracking.ParentRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Trains the same experiment with different numbers of workers and leaves the runs and their comparison in a folder. */
public final class CompareRun {

    private final SparkSession spark;
    private final Storage storage;
    private final Function<List<String>, Configuration> experiment;
    private final ComparisonPlan plan;
    private final Path output;
    private final List<TrainingListener> listeners;

    /**
     * Prepares a comparison; nothing happens yet.
     *
     * @param experiment the configuration with further settings {@code KEY=VALUE}
     * @param listeners hear all runs, one after another
     */
    public CompareRun(
            SparkSession spark,
            Storage storage,
            Function<List<String>, Configuration> experiment,
            ComparisonPlan plan,
            Path output,
            List<TrainingListener> listeners) {
        this.spark = spark;
        this.storage = storage;
        this.experiment = experiment;
        this.plan = plan;
        this.output = output;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Trains all runs, one after another, and writes {@code compare.txt}, {@code compare.json} and, of several runs, the page
     * {@code compare.html} beside them.
     */
    public Comparison execute() {
        new NamedOutput(storage, output, "--output").requireNewFolder("the comparison");
        ComparisonPlan here = plan.on(
                new ClusterProbe(spark.sparkContext()).shape(Optional.empty()).slots());
        here.strategies().forEach(strategy -> TrainingRun.requireTrainable(configuration(strategy, 1)));
        try (ParentRun parent = ParentRun.of(experiment.apply(List.of()), output.getName(), storage, this::notice)) {
            Comparison comparison = compare(here, parent);
            parent.succeeded(
                    new Path(output, "compare.txt"), new Path(output, "compare.json"), new Path(output, "compare.html"));
            return comparison;
        }
    }

    private Comparison compare(ComparisonPlan here, ParentRun parent) {
        List<Comparison.Row> rows = new ArrayList<>();
        for (Strategy strategy : here.strategies()) {
            rows.addAll(rows(strategy, here, parent));
        }
        Comparison comparison = new Comparison(here.targetAccuracy(), rows);
        write("compare.txt", comparison.text());
        write("compare.json", Json.page(comparison));
        if (rows.size() > 1) {
            write(
                    "compare.html",
                    SideBySide.render(rows.stream().map(this::recorded).toList()));
        }
        return comparison;
    }

    private RecordedRun recorded(Comparison.Row row) {
        return RecordedRun.read(storage, folder(row.strategy(), row.workers()).toString());
    }

    private Path folder(String strategy, int workers) {
        return new Path(output, strategy + "-" + workers);
    }

    private List<Comparison.Row> rows(Strategy strategy, ComparisonPlan here, ParentRun parent) {
        List<Measurement> measured = here.workers().stream()
                .map(workers -> measure(strategy, workers, parent))
                .toList();
        return measured.stream()
                .map(run -> run.against(measured.get(0), here.targetAccuracy()))
                .toList();
    }

    private Configuration configuration(Strategy strategy, int workers) {
        return experiment.apply(
                List.of("training.strategy=" + ComparisonPlan.name(strategy), "training.workers=" + workers));
    }

    private Measurement measure(Strategy strategy, int workers, ParentRun parent) {
        String name = ComparisonPlan.name(strategy);
        notice(name + ", " + workers + (workers == 1 ? " worker" : " workers"));
        EpochRecorder recorder = new EpochRecorder();
        List<TrainingListener> all = new ArrayList<>(listeners);
        all.add(recorder);
        PeakMemory.reset();
        new TrainingRun(spark, configuration(strategy, workers), storage, folder(name, workers), all, parent)
                .execute();
        return new Measurement(
                name, workers, recorder.epochs(), PeakMemory.bytes().map(recorder::peakMemoryBytes));
    }

    private void notice(String text) {
        listeners.forEach(listener -> listener.noticed(text));
    }

    private void write(String file, String text) {
        storage.write(new Path(output, file), out -> out.write(text.getBytes(UTF_8)));
    }
}
