package io.github.sparkcnn.data.minibatch;

import java.io.Serializable;
import java.util.SplittableRandom;

/** Which images of a worker's share make its minibatch of a step. */
public interface Steps extends Serializable {

    /** Images of a full minibatch of the worker; of worker 0 as many as of any other, or more. */
    int batchSize(int worker);

    /** The minibatches of an epoch that the worker makes of a share of so many images; worker 0 as many as any other, or more. */
    int count(int worker, int images);

    /**
     * Draws the order of an epoch, which is then cut into minibatches from its beginning on.
     *
     * @param order is filled with the places of the share's images
     */
    void shuffle(int[] order, long seed, int epoch, int worker);

    /** A permutation by Fisher and Yates. */
    static void shuffle(int[] order, long seed) {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
