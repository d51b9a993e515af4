package io.github.sparkcnn.track;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One line of {@code metrics.jsonl}.
 *
 * @param epoch counted from 1
 * @param trainLoss mean over the images, each when it was seen
 * @param validationLoss mean over the whole test set; null without one
 * @param validationAccuracy fraction; null without a test set
 * @param learningRate of the epoch's last step
 * @param images training images really seen
 * @param seconds of training and evaluation
 * @param imagesPerSecond of training alone
 * @param workers that trained it; null where the strategy does not tell, and in the lines of older builds
 */
public record EpochMetrics(
        int epoch,
        @JsonProperty("train_loss") double trainLoss,
        @JsonProperty("validation_loss") Double validationLoss,
        @JsonProperty("validation_accuracy") Double validationAccuracy,
        @JsonProperty("learning_rate") double learningRate,
        long images,
        double seconds,
        @JsonProperty("images_per_second") double imagesPerSecond,
        @JsonInclude(JsonInclude.Include.NON_NULL) Integer workers) {

    /** Whether the network predicted no numbers after it, as it does in no epoch that a run writes down or goes on behind. */
    public boolean hasDiverged() {
        return validationLoss != null && validationLoss.isNaN();
    }

    /** Whether it was evaluated. */
    public boolean isEvaluated() {
        return validationLoss != null && validationAccuracy != null;
    }
}
