package io.github.sparkcnn.kernel;

import io.github.sparkcnn.image.ChosenImages;

/** Images that lie where a replica computes; they belong to it, and are of no use behind its end. */
public interface KeptImages extends AutoCloseable {

    /** {@link Replica#step} of these among the images that were kept, with the same result to the digit. */
    double step(ChosenImages images, long seed);

    /** Frees them. */
    @Override
    void close();
}
