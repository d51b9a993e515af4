package io.github.sparkcnn.kernel;

/** Images that lie where a replica computes; they belong to it, and are of no use behind its end. */
public interface KeptImages extends AutoCloseable {

    /**
     * {@link Replica#step} of the images at these places, with the same result to the digit.
     *
     * @param places of the images among those that were kept; of more than the minibatch's, perhaps
     * @param from the first of the minibatch's
     * @param size how many there are
     */
    double step(int[] places, int from, int size, long seed);

    /** Frees them. */
    @Override
    void close();
}
