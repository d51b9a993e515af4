package io.github.sparkcnn.tune;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.track.EpochMetrics;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The number by which one trial is better than another, all of the validation images. */
public enum Objective {
    /** The accuracy after the last epoch. */
    ACCURACY,
    /** The highest accuracy after any epoch. */
    BEST_ACCURACY,
    /** The loss after the last epoch. */
    LOSS,
    /** The lowest loss after any epoch. */
    BEST_LOSS;

    /** The word of {@code --by}: {@code best-accuracy}. */
    public static Objective parse(String word) {
        return Arrays.stream(values())
                .filter(objective -> objective.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new UserException(
                        "tune by " + word,
                        "there is no such number",
                        "Set --by to one of "
                                + Arrays.stream(values()).map(Objective::word).collect(Collectors.joining(", "))));
    }

    String word() {
        return Keys.word(this);
    }

    /** Of the epochs so far, at least one, each of them evaluated; NaN where one that counts is. */
    double of(List<EpochMetrics> epochs) {
        EpochMetrics last = epochs.get(epochs.size() - 1);
        return switch (this) {
            case ACCURACY -> last.validationAccuracy();
            case LOSS -> last.validationLoss();
            case BEST_ACCURACY ->
                epochs.stream()
                        .mapToDouble(EpochMetrics::validationAccuracy)
                        .max()
                        .orElseThrow();
            case BEST_LOSS ->
                epochs.stream().mapToDouble(EpochMetrics::validationLoss).min().orElseThrow();
        };
    }

    /** The better number first. */
    Comparator<Double> bestFirst() {
        boolean isMoreBetter = this == ACCURACY || this == BEST_ACCURACY;
        return isMoreBetter ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }
}
