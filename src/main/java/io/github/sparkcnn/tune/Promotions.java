package io.github.sparkcnn.tune;

import io.github.sparkcnn.track.EpochMetrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which trial is trained next, and how far: asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter
 * Tuning", MLSys 2020, algorithm 2), which waits for no slower trial. A function of what the trials have come to, so that a search that
 * goes on decides as one that was never interrupted. Random search has one rung.
 *
 * @param rungs the epochs after which it is decided who goes on, ascending; the last is {@link #TO_THE_END}
 * @param eta of so many that have come to a rung the best goes on
 */
record Promotions(List<Integer> rungs, int eta, Objective objective) {

    /** Trained until the run ends by itself. */
    static final int TO_THE_END = Integer.MAX_VALUE;

    /**
     * A piece of training.
     *
     * @param trial its number
     * @param rung that it is trained to, counted from 0
     */
    record Step(int trial, int rung) {}

    static Promotions of(SearchPlan plan, List<Integer> rungs) {
        List<Integer> here = new ArrayList<>(rungs.subList(0, Math.max(0, rungs.size() - 1)));
        here.add(TO_THE_END);
        return new Promotions(
                List.copyOf(here), plan.halving().map(Halving::eta).orElse(1), plan.objective());
    }

    /**
     * What to train now; empty if that follows from what runs, or if nothing is left.
     *
     * @param trials all that have come to a rung or failed, but may be on their way to the next
     * @param running numbers of those that are being trained
     * @param wanted how many trials there are
     */
    Optional<Step> next(Collection<Trial> trials, Set<Integer> running, int wanted) {
        for (int rung = rungs.size() - 2; rung >= 0; rung--) {
            Optional<Step> promoted = promotion(rung, trials, running);
            if (promoted.isPresent()) {
                return promoted;
            }
        }
        Set<Integer> begun = trials.stream().map(Trial::number).collect(Collectors.toSet());
        Optional<Step> fresh = IntStream.rangeClosed(1, wanted)
                .filter(number -> !begun.contains(number) && !running.contains(number))
                .mapToObj(number -> new Step(number, 0))
                .findFirst();
        return fresh.isPresent() || !running.isEmpty() ? fresh : toTheEnd(trials);
    }

    private Optional<Step> promotion(int rung, Collection<Trial> trials, Set<Integer> running) {
        List<Trial> here = trials.stream().filter(trial -> hasCome(trial, rung)).toList();
        return here.stream()
                .filter(trial -> isMeasuredAt(trial, rung))
                .sorted(bestFirst(rung))
                .limit(here.size() / eta)
                .filter(trial -> isWaiting(trial, running) && reached(trial) == rung + 1)
                .map(trial -> new Step(trial.number(), rung + 1))
                .findFirst();
    }

    /** With too few trials for the last rung, or after failures, none may have come to it: then the best of those who came farthest goes on. */
    private Optional<Step> toTheEnd(Collection<Trial> trials) {
        if (trials.stream().anyMatch(trial -> trial.status() == Trial.Status.FINISHED)) {
            return Optional.empty();
        }
        return IntStream.iterate(rungs.size() - 2, rung -> rung >= 0, rung -> rung - 1)
                .boxed()
                .flatMap(rung -> trials.stream()
                        .filter(trial -> isWaiting(trial, Set.of()) && reached(trial) == rung + 1)
                        .sorted(bestFirst(rung))
                        .map(trial -> new Step(trial.number(), rung + 1)))
                .findFirst();
    }

    private static boolean isWaiting(Trial trial, Set<Integer> running) {
        return trial.status() == Trial.Status.STOPPED && !running.contains(trial.number());
    }

    /** Whether it counts at a rung: a trial that failed on its way there counts, and is the worst. */
    private boolean hasCome(Trial trial, int rung) {
        return isMeasuredAt(trial, rung) || (!trial.isMeasured() && reached(trial) == rung);
    }

    private boolean isMeasuredAt(Trial trial, int rung) {
        return reached(trial) > rung;
    }

    /** How many rungs it has come to with a number that can be compared. */
    private int reached(Trial trial) {
        if (trial.status() == Trial.Status.FINISHED) {
            return rungs.size();
        }
        return (int) IntStream.range(0, rungs.size())
                .takeWhile(rung -> rungs.get(rung) <= trial.epochs().size())
                .takeWhile(rung -> Double.isFinite(valueAt(trial, rung)))
                .count();
    }

    private Comparator<Trial> bestFirst(int rung) {
        return Comparator.comparing((Trial trial) -> valueAt(trial, rung), objective.bestFirst())
                .thenComparing(Trial::number);
    }

    private double valueAt(Trial trial, int rung) {
        List<EpochMetrics> epochs = trial.epochs();
        return objective.of(epochs.subList(0, Math.min(rungs.get(rung), epochs.size())));
    }
}
