package io.github.sparkcnn.kernel;

import io.github.sparkcnn.image.Minibatch;

/**
 * One copy of a network that trains and predicts on one device. It works in place on the flat parameters and updater state
 * of the Deeplearning4j network it was opened on, so that saving, averaging and loading need to know nothing of it.
 * Not thread-safe: one replica belongs to one thread at a time.
 */
public interface Replica extends AutoCloseable {

    /**
     * One optimizer step: forward, backward, update of the parameters.
     *
     * @param seed of the dropout masks of this step
     * @return the mean loss over the minibatch, weighted by the images' classes where they have weights, before the update
     */
    double step(Minibatch batch, long seed);

    /**
     * Class probabilities in evaluation mode (no dropout, running statistics).
     *
     * @param features {@code [size, channels, height, width]} in c order, normalised
     * @param probabilities receives {@code [size, classes]}
     */
    void predict(float[] features, int size, float[] probabilities);

    /** What this replica computes on; its shortfall says why not on the fastest kernels. */
    BackendReport backend();

    /** Frees what the replica holds outside the Java heap; the network stays usable. */
    @Override
    void close();
}
