package io.github.sparkcnn.allreduce;

import java.io.Serializable;

/**
 * What a worker brings to an averaging beside its vector.
 *
 * @param weight of its vector in the average, usually the images seen since the last one; 0 leaves the vector out
 * @param values travel along to every worker: sums of losses, flags; equally many on each worker
 */
@SuppressWarnings("ArrayRecordComponent") // a handful of numbers, compared by nobody
public record Contribution(long weight, double... values) implements Serializable {

    public Contribution {
        if (weight < 0) {
            throw new IllegalArgumentException("a weight is not negative, as " + weight + " is");
        }
    }
}
