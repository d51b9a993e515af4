package io.github.sparkcnn.compare;

import io.github.sparkcnn.config.BatchSize;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.TrainingConfig.Strategy;
import io.github.sparkcnn.console.NextCommands;
import io.github.sparkcnn.device.ClusterProbe;
import io.github.sparkcnn.device.ClusterShape;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.PeakMemory;
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
     * {@code compare.html} beside them, which shows those so far after each.
     */
    public Comparison execute() {
        new NamedOutput(storage, output, "--output").requireNewFolder("the comparison");
        Configuration base = experiment.apply(List.of());
        ComparisonPlan here = plan.on(slots(base.device().onGpus()));
        List<PlannedRun> runs = runs(here);
        runs.forEach(run -> TrainingRun.requireTrainable(run.configuration()));
        if (runs.size() > 1) {
            notice("  Page from the first run on: " + NextCommands.shown(new Path(output, ComparisonPage.NAME)));
        }
        try (ParentRun parent = ParentRun.of(base, output, storage, this::notice);
                ComparisonPage page = new ComparisonPage(storage, output, runs.size())) {
            Comparison comparison = compare(runs, here.targetAccuracy(), parent, page);
            parent.succeeded(
                    new Path(output, "compare.txt"),
                    new Path(output, "compare.json"),
                    new Path(output, ComparisonPage.NAME));
            return comparison;
        }
    }

    /** Those that a worker can have; on GPUs workers that are more are refused here, with what a GPU has to do with it. */
    private int slots(boolean onGpus) {
        ClusterShape cluster = new ClusterProbe(spark.sparkContext()).shape(Optional.empty());
        if (onGpus) {
            plan.workers().stream().max(Integer::compare).ifPresent(cluster::requireGpus);
        }
        return cluster.slots(onGpus);
    }

    private Comparison compare(List<PlannedRun> runs, double target, ParentRun parent, ComparisonPage page) {
        List<Measurement> measured = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (PlannedRun run : runs) {
            if (!measured.isEmpty()) {
                page.ended(folders, comparison(measured, target), run.notice() + ", in " + run.name());
            }
            measured.add(measure(run, parent));
            folders.add(folder(run));
        }
        Comparison comparison = comparison(measured, target);
        write("compare.txt", comparison.text());
        write("compare.json", Json.page(comparison));
        page.finish(folders, comparison);
        return comparison;
    }

    private static Comparison comparison(List<Measurement> measured, double target) {
        return new Comparison(
                target,
                measured.stream()
                        .map(run -> run.against(baseline(run, measured), target))
                        .toList());
    }

    /** Strategy by strategy, what stays the same of the batch by what does, in the order of the numbers of workers. */
    private List<PlannedRun> runs(ComparisonPlan here) {
        BatchSize batch = experiment.apply(List.of()).training().batch();
        List<PlannedRun> runs = new ArrayList<>();
        for (Strategy strategy : here.strategies()) {
            for (SameBatch same : here.batches()) {
                List<String> settings = same.settings(batch, here.workers());
                for (int workers : here.workers()) {
                    runs.add(planned(strategy.word(), same, workers, settings));
                }
            }
        }
        return runs;
    }

    /** One of the runs. */
    private record PlannedRun(String strategy, SameBatch same, int workers, Configuration configuration) {

        String name() {
            return same.folder(strategy, workers);
        }

        BatchSize batch() {
            return configuration.training().batch();
        }

        /** Whether the workers average between themselves. */
        boolean averages() {
            return configuration.training().strategy() == Strategy.ALL_REDUCE;
        }

        String notice() {
            return strategy + ", " + workers + (workers == 1 ? " worker, " : " workers, ") + batch().images()
                    + (batch().isTotal() ? " images a step" : " images a step of each worker");
        }
    }

    private PlannedRun planned(String strategy, SameBatch same, int workers, List<String> settings) {
        List<String> all = new ArrayList<>(List.of("training.strategy=" + strategy, "training.workers=" + workers));
        all.addAll(settings);
        return new PlannedRun(strategy, same, workers, experiment.apply(all));
    }

    /** The fewest workers' run, which is the first of its kind. */
    private static Measurement baseline(Measurement run, List<Measurement> all) {
        return all.stream().filter(run::isComparable).findFirst().orElseThrow();
    }

    private Path folder(PlannedRun run) {
        return new Path(output, run.name());
    }

    private Measurement measure(PlannedRun run, ParentRun parent) {
        notice(run.notice());
        EpochRecorder recorder = new EpochRecorder();
        List<TrainingListener> all = new ArrayList<>(listeners);
        all.add(recorder);
        PeakMemory.reset();
        new TrainingRun(spark, run.configuration(), storage, folder(run), all, parent).execute();
        return new Measurement(
                run.strategy(),
                run.same(),
                run.workers(),
                run.batch().ofAll(run.workers()),
                recorder.epochs(),
                run.averages()
                        ? Optional.of(recorder.averagings(
                                run.configuration().training().averagingFrequency()))
                        : Optional.empty(),
                PeakMemory.bytes().map(recorder::peakMemoryBytes));
    }

    private void notice(String text) {
        listeners.forEach(listener -> listener.noticed(text));
    }

    private void write(String file, String text) {
        storage.write(new Path(output, file), text);
    }
}
