package io.github.sparkcnn.tune;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.track.EpochMetrics;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The number by which one trial is better than another, all of the validation images. */
public enum Objective {
    /** The accuracy after the last epoch. */
    ACCURACY(EpochMetrics::validationAccuracy, (before, last) -> last, true),
    /** The highest accuracy after any epoch. */
    BEST_ACCURACY(EpochMetrics::validationAccuracy, Math::max, true),
    /** The loss after the last epoch. */
    LOSS(EpochMetrics::validationLoss, (before, last) -> last, false),
    /** The lowest loss after any epoch. */
    BEST_LOSS(EpochMetrics::validationLoss, Math::min, false);

    private final ToDoubleFunction<EpochMetrics> ofEpoch;
    private final DoubleBinaryOperator joined;
    private final boolean isMoreBetter;

    Objective(ToDoubleFunction<EpochMetrics> ofEpoch, DoubleBinaryOperator joined, boolean isMoreBetter) {
        this.ofEpoch = ofEpoch;
        this.joined = joined;
        this.isMoreBetter = isMoreBetter;
    }

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
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of the epochs so far, at least one, each of them evaluated. */
    double of(List<EpochMetrics> epochs) {
        return epochs.stream().mapToDouble(ofEpoch).reduce(joined).orElseThrow();
    }

    /** The better number first. */
    Comparator<Double> bestFirst() {
        Comparator<Double> ascending = Comparator.naturalOrder();
        return isMoreBetter ? ascending.reversed() : ascending;
    }
}
