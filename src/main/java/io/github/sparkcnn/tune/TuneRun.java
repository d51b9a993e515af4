package io.github.sparkcnn.tune;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.console.NextCommands;
import io.github.sparkcnn.device.ClusterProbe;
import io.github.sparkcnn.device.ClusterShape;
import io.github.sparkcnn.io.Lease;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.train.tracking.ParentRun;
import io.github.sparkcnn.tune.Promotions.Step;
import io.github.sparkcnn.tune.Trial.Status;
import io.github.sparkcnn.tune.space.SearchSpace;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** A search over hyperparameters, from the space to the folder with the best configuration: the driver's story. */
public final class TuneRun {

    private final SparkSession spark;
    private final Storage storage;
    private final SearchedExperiment experiment;
    private final SearchSpace space;
    private final SearchPlan plan;
    private final SearchFolder folder;
    private final SearchListener listener;

    /** Prepares a search; nothing happens yet. */
    public TuneRun(
            SparkSession spark,
            Storage storage,
            SearchedExperiment experiment,
            SearchSpace space,
            SearchPlan plan,
            Path output,
            SearchListener listener) {
        this.spark = spark;
        this.storage = storage;
        this.experiment = experiment;
        this.space = space;
        this.plan = plan;
        this.folder = new SearchFolder(storage, output);
        this.listener = listener;
    }

    /**
     * Trains all trials and leaves the search's folder behind.
     *
     * @throws UserException also where every trial has failed
     */
    public Search execute() {
        folder.requireNew();
        return search(false);
    }

    /**
     * Goes on where a search was interrupted: trials that have come to their end are not trained again, one that was cut short goes on
     * behind its checkpoint, and one that failed, but did not diverge, is tried again. Begins where there is none yet. With more trials
     * than before it goes on with those.
     */
    public Search resume() {
        folder.requireOwn();
        return search(true);
    }

    private Search search(boolean goesOn) {
        DrawnTrials draw = new DrawnTrials(experiment, space, plan);
        Configuration base = draw.base();
        List<Integer> rungs = plan.halving()
                .map(halving -> halving.rungs(base.training().epochs()))
                .orElse(List.of());
        List<DrawnTrial> drawn = draw.draw(base);
        int workers = requireRoom(base, drawn);
        SearchOrigin origin = SearchOrigin.of(base, workers, space, plan);
        try (Lease lease = folder.take(listener::noticed);
                folder) {
            Optional<Search> before = goesOn ? folder.read() : Optional.empty();
            before.ifPresent(begun -> origin.requireSame(begun, plan, folder.path()));
            Search begun = new Search(plan.objective().word(), plan.trials(), rungs, null, List.of(), origin.names())
                    .with(before.map(TuneRun::toKeep).orElse(List.of()));
            folder.write(begun, experiment);
            listener.noticed("  Page from the first trial on: " + NextCommands.shown(folder.page()));
            try (ParentRun tracked = ParentRun.of(base, folder.path(), storage, listener::noticed)) {
                Search ended = train(begun, drawn, lease, tracked);
                tracked.succeeded(folder.files());
                return ended;
            }
        }
    }

    private int requireRoom(Configuration base, List<DrawnTrial> drawn) {
        List<Configuration> trials =
                drawn.stream().map(DrawnTrial::configuration).toList();
        ClusterShape cluster = new ClusterProbe(spark.sparkContext()).shape(Optional.empty());
        TrialRoom room = new TrialRoom(cluster, Runtime.getRuntime().availableProcessors(), plan.parallel());
        room.require(trials);
        return room.workers(base);
    }

    private static List<Trial> toKeep(Search before) {
        return before.trials().stream()
                .filter(trial -> trial.status() != Status.FAILED)
                .toList();
    }

    private Search train(Search begun, List<DrawnTrial> drawn, Lease lease, ParentRun tracked) {
        Promotions promotions = Promotions.of(plan, begun.rungs());
        int atOnce = Math.min(plan.parallel(), drawn.size());
        TrialRun run = new TrialRun(spark, storage, plan.objective(), listener, tracked, atOnce);
        TrialPool pool = new TrialPool(
                promotions,
                begun.trials(),
                drawn.size(),
                step -> train(run, drawn.get(step.trial() - 1), promotions, step, begun.trials()),
                trials -> {
                    lease.requireHeld();
                    folder.write(begun.with(trials), experiment);
                });
        Search ended = begun.with(pool.run(plan.parallel()));
        lease.requireHeld();
        folder.finish(ended);
        requireOne(ended);
        return ended;
    }

    private Trial train(TrialRun run, DrawnTrial trial, Promotions promotions, Step step, List<Trial> before) {
        Trial ended = run.train(
                trial, folder.trial(trial.number()), promotions.rungs().get(step.rung()));
        if (ended.status() == Status.FINISHED) {
            before.stream()
                    .filter(other -> other.status() == Status.FINISHED)
                    .findFirst()
                    .ifPresent(other -> folder.requireSameData(ended, other));
        }
        listener.ended(ended);
        return ended;
    }

    private void requireOne(Search ended) {
        if (ended.best() == null) {
            Trial first = ended.trials().get(0);
            if (ended.trials().stream().allMatch(trial -> isRefusedAs(trial, first))) {
                folder.discard();
                throw UserException.told(first.reason());
            }
            throw new UserException(
                    "find a best configuration in " + folder.path(),
                    "all " + ended.trials().size() + " trials failed, trial " + first.number() + ": "
                            + first.reason().replaceAll("\\.$", ""),
                    "Why the others did is in " + folder.table());
        }
    }

    /** Whether it is not the trial that is refused, but what is the same in all: the data, for instance. */
    private static boolean isRefusedAs(Trial trial, Trial first) {
        return trial.status() == Status.FAILED
                && trial.epochs().isEmpty()
                && trial.reason().equals(first.reason());
    }
}
