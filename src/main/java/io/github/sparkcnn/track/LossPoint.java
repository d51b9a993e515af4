package io.github.sparkcnn.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * What an epoch's training had come to when a point of the loss was due.
 *
 * @param minibatches of the largest share
 * @param images that all workers have seen of the epoch
 * @param lossSum of every one's loss when it was seen
 */
public record LossPoint(
        int minibatches,
        long images,
        @JsonProperty("loss_sum") double lossSum) implements Serializable {

    /** Before an epoch's first minibatch. */
    static final LossPoint START = new LossPoint(0, 0, 0);

    /** The mean loss over the images since an earlier point. */
    double meanSince(LossPoint before) {
        return (lossSum - before.lossSum) / (images - before.images);
    }
}
