package io.github.sparkcnn.track;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What all workers have trained of an epoch that has not come to its end; they then hold the same state.
 *
 * @param minibatches of the largest share
 * @param lossSum of every image's loss when it was seen
 * @param images seen
 * @param seconds spent
 * @param curve how the loss went in it; a checkpoint of an older build has none
 */
public record PartOfEpoch(
        int minibatches,
        @JsonProperty("loss_sum") double lossSum,
        long images,
        double seconds,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LossPoint> curve) {

    /** Of an epoch that has not begun. */
    public static final PartOfEpoch NONE = new PartOfEpoch(0, 0, 0, 0, List.of());

    public PartOfEpoch {
        curve = curve == null ? List.of() : List.copyOf(curve);
    }

    /** How far it is. */
    public EpochProgress progress() {
        return new EpochProgress(images, lossSum);
    }

    /** For messages: {@code 350 minibatches of epoch 3}. */
    public String of(int epoch) {
        return minibatches + " minibatches of epoch " + epoch;
    }
}
