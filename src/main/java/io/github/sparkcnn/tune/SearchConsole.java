package io.github.sparkcnn.tune;

import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.train.listener.ProgressLines;
import io.github.sparkcnn.tune.space.SearchSpace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * A line for each thing that happens, which says of which trial; what several trials notice is said of the first. Meanwhile how far the
 * epochs are: in a log of each trial, on a terminal of the first of those that are trained.
 */
public final class SearchConsole implements SearchListener {

    private final Console console;
    private final int trials;
    private final Objective objective;
    private final LongSupplier nanoTime;
    private final Set<String> noticed = new HashSet<>();
    /** Of those that are trained. */
    private final Map<Integer, ProgressLines> progress = new HashMap<>();
    /** Of these, those that have seen images. */
    private final SortedSet<Integer> progressed = new TreeSet<>();

    /** For a search of so many trials. */
    public SearchConsole(Console console, SearchPlan plan) {
        this(console, plan, System::nanoTime);
    }

    SearchConsole(Console console, SearchPlan plan, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.console = console;
        this.trials = plan.trials();
        this.objective = plan.objective();
    }

    @Override
    public void noticed(String notice) {
        console.line(notice);
    }

    @Override
    public synchronized void noticed(int trial, String notice) {
        if (noticed.add(notice)) {
            console.line("Trial " + trial + "  " + notice);
        }
    }

    @Override
    public void begun(int trial, Map<String, String> settings) {
        console.line("Trial " + trial + "/" + trials + "  " + String.join(" ", SearchSpace.settings(settings)));
    }

    @Override
    public synchronized void started(int trial, int epochs, Map<String, Object> settings) {
        ProgressLines its = new ProgressLines(console, "Trial " + trial, epochs, 1, nanoTime);
        its.started(settings);
        progress.put(trial, its);
    }

    @Override
    public synchronized void progressed(int trial, int epoch, EpochProgress seen, long ofImages) {
        ProgressLines its = progress.get(trial);
        if (its == null) {
            return;
        }
        progressed.add(trial);
        if (!console.isTerminal() || trial == progressed.first()) {
            its.progressed(epoch, seen, ofImages);
        }
    }

    @Override
    public synchronized void epochEnded(int trial, EpochMetrics metrics) {
        Optional.ofNullable(progress.get(trial)).ifPresent(its -> its.ended(metrics));
        console.line(String.format(
                Locale.ROOT,
                "Trial %d  epoch %d  train loss %.4f  validation loss %.4f  accuracy %.4f  %.1f s",
                trial,
                metrics.epoch(),
                metrics.trainLoss(),
                metrics.validationLoss(),
                metrics.validationAccuracy(),
                metrics.seconds()));
    }

    @Override
    public synchronized void ended(Trial trial) {
        progress.remove(trial.number());
        progressed.remove(trial.number());
        String came = trial.isMeasured()
                ? String.format(
                        Locale.ROOT,
                        "%s after epoch %d, %s %.4f",
                        trial.status().word(),
                        trial.epochs().size(),
                        objective.word(),
                        trial.value())
                : trial.status().word() + ": " + trial.reason();
        console.line("Trial " + trial.number() + "  " + came);
    }
}
