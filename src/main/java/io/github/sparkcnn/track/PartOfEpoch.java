package io.github.sparkcnn.track;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What all workers have trained of an epoch that has not come to its end; they then hold the same state.
 *
 * @param minibatches of the largest share
 * @param lossSum of every image's loss when it was seen
 * @param images seen
 * @param seconds spent
 */
public record PartOfEpoch(
        int minibatches, @JsonProperty("loss_sum") double lossSum, long images, double seconds) {

    /** Of an epoch that has not begun. */
    public static final PartOfEpoch NONE = new PartOfEpoch(0, 0, 0, 0);

    /** For messages: {@code 350 minibatches of epoch 3}. */
    public String of(int epoch) {
        return minibatches + " minibatches of epoch " + epoch;
    }
}
