package io.github.sparkcnn.tune;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.io.Json;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code tune.json}: a search, as far as it has come.
 *
 * @param by what decides
 * @param asked how many trials there are to be
 * @param rungs the epochs after which successive halving decides; the last are all
 * @param best the best trial's number; null before one has been trained to its end
 * @param trials in the order of their numbers, those that have come to something
 * @param begunWith what another search would come of, by name: the experiment's keys, the space, options
 */
public record Search(
        String by,
        int asked,
        List<Integer> rungs,
        Integer best,
        List<Trial> trials,
        @JsonProperty("begun_with") Map<String, String> begunWith) {

    public Search {
        Objective.parse(by); // refuses what is none
        rungs = List.copyOf(Objects.requireNonNull(rungs, "it has no rungs"));
        trials = List.copyOf(Objects.requireNonNull(trials, "it has no trials"));
        begunWith = Collections.unmodifiableSortedMap(Json.whole(begunWith, "begun_with"));
        if (trials.stream().mapToInt(Trial::number).anyMatch(number -> number > asked)
                || trials.stream().map(Trial::number).distinct().count() < trials.size()) {
            throw new IllegalArgumentException("there are other trials than the " + asked + " that were asked for");
        }
    }

    /** The same after its trials have come further. */
    Search with(List<Trial> now) {
        Integer first = ranked(now).stream()
                .findFirst()
                .filter(trial -> trial.status() == Trial.Status.FINISHED)
                .map(Trial::number)
                .orElse(null);
        return new Search(by, asked, rungs, first, now, begunWith);
    }

    /** The best of those that were trained to their end. */
    public Optional<Trial> bestTrial() {
        return trials.stream()
                .filter(trial -> best != null && trial.number() == best)
                .findFirst();
    }

    /** The best first: those that were trained to their end, then those that came farthest; last those that failed. */
    List<Trial> ranked() {
        return ranked(trials);
    }

    private List<Trial> ranked(List<Trial> all) {
        Comparator<Trial> byValue = Comparator.comparing(
                Trial::value, Comparator.nullsLast(Objective.parse(by).bestFirst()));
        return all.stream()
                .sorted(Comparator.comparingInt(Search::place)
                        .thenComparing(byValue)
                        .thenComparing(Trial::number))
                .toList();
    }

    private static int place(Trial trial) {
        return switch (trial.status()) {
            case FINISHED -> Integer.MIN_VALUE;
            case STOPPED -> -trial.epochs().size();
            default -> 1;
        };
    }

    /** The table of {@code tune.txt}. */
    public String text() {
        return SearchText.of(this);
    }
}
