package io.github.sparkcnn.data.minibatch;

import io.github.sparkcnn.random.Seeds;

/**
 * A step is of all workers together ({@code training.total-batch-size}), and of the same images however many there are. It has
 * {@code total} places, and image {@code i} of the data set can be in place {@code i mod total} only; in which step, every epoch draws
 * for each place by itself, on the stream of (seed, epoch, place). Worker {@code w} of {@code W} has the places
 * {@code w, w + W, w + 2W …} and all images that can be there, so that no image has to move.
 *
 * @param total images of a step
 * @param images of the data set
 * @param dropLast leave out the last step of an epoch when it is not full
 */
public record SharedSteps(int total, int workers, long images, boolean dropLast) implements Steps {

    public SharedSteps {
        if (total < workers) {
            throw new IllegalArgumentException("a step of " + total + " images for " + workers + " workers");
        }
    }

    /** The places of the worker. */
    @Override
    public int batchSize(int worker) {
        return total / workers + (worker < total % workers ? 1 : 0);
    }

    /** The last step, which is not full, may have no image of this worker's. */
    @Override
    public int count(int worker, int share) {
        int places = batchSize(worker);
        return dropLast ? (int) (images / total) : (int) (((long) share + places - 1) / places);
    }

    /** A share is in the order of the data set: of {@code p} places, image {@code k} of the share can be in place {@code k mod p}. */
    @Override
    public void shuffle(int[] order, long seed, int epoch, int worker) {
        int places = batchSize(worker);
        for (int place = 0; place < Math.min(places, order.length); place++) {
            int[] turns = new int[(order.length - place - 1) / places + 1];
            Steps.shuffle(turns, Seeds.of(seed, epoch, worker + (long) place * workers));
            for (int step = 0; step < turns.length; step++) {
                order[step * places + place] = turns[step] * places + place;
            }
        }
    }
}
