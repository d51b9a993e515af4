package io.github.sparkcnn.tune;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.track.EpochMetrics;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a trial has come to so far.
 *
 * @param number counted from 1
 * @param settings values by key, as {@code --set} has them
 * @param value what decides, of the epochs; null of one that failed
 * @param epochs that were trained and evaluated, in order
 * @param reason why it failed; null of one that did not
 */
public record Trial(
        @JsonProperty("trial") int number,
        Map<String, String> settings,
        Status status,
        Double value,
        List<EpochMetrics> epochs,
        String reason) {

    /** How it ended. */
    public enum Status {
        /** Trained to its end: all epochs, or as many as early stopping let it. */
        @JsonProperty("finished")
        FINISHED,
        /** Trained as far as it got by successive halving. */
        @JsonProperty("stopped")
        STOPPED,
        /** Its numbers are none any more, which happens again whenever it is trained. */
        @JsonProperty("diverged")
        DIVERGED,
        /** Refused or broken off for another reason, which may be gone the next time. */
        @JsonProperty("failed")
        FAILED;

        /** As tables have it. */
        String word() {
            return Keys.word(this);
        }
    }

    public Trial {
        settings = Collections.unmodifiableSortedMap(Json.whole(settings, "settings"));
        epochs = List.copyOf(Objects.requireNonNull(epochs, "it has no epochs"));
        boolean isMeasured = status == Status.FINISHED || status == Status.STOPPED;
        boolean isNumber = value != null && Double.isFinite(value);
        if (number < 1
                || status == null
                || (isMeasured ? !isNumber || reason != null : value != null || reason == null)) {
            throw new IllegalArgumentException(
                    "trial " + number + " is " + status + " with " + value + ", and its reason is " + reason);
        }
        if ((isMeasured && epochs.isEmpty()) || !epochs.stream().allMatch(EpochMetrics::isEvaluated)) {
            throw new IllegalArgumentException("trial " + number + " is " + status + " without an evaluation");
        }
    }

    /** One that has trained these epochs. */
    static Trial trained(
            int number, Map<String, String> settings, Status status, Objective objective, List<EpochMetrics> epochs) {
        double value = objective.of(epochs);
        return Double.isFinite(value)
                ? new Trial(number, settings, status, value, epochs, null)
                : new Trial(
                        number,
                        settings,
                        Status.DIVERGED,
                        null,
                        epochs,
                        "its " + objective.word() + " is " + value + " after epoch " + epochs.size());
    }

    /** Whether it can be compared with others. */
    boolean isMeasured() {
        return status == Status.FINISHED || status == Status.STOPPED;
    }

    /** Of training and evaluation. */
    double seconds() {
        return epochs.stream().mapToDouble(EpochMetrics::seconds).sum();
    }
}
