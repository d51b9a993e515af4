package io.github.sparkcnn.tune;

import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.tune.space.SearchSpace;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A line for each thing that happens, which says of which trial; what several trials notice is said of the first. */
public final class SearchConsole implements SearchListener {

    private final Console console;
    private final int trials;
    private final Objective objective;
    private final Set<String> noticed = new HashSet<>();

    /** For a search of so many trials. */
    public SearchConsole(Console console, SearchPlan plan) {
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
    public void epochEnded(int trial, EpochMetrics metrics) {
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
    public void ended(Trial trial) {
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
