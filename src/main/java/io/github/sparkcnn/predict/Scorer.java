package io.github.sparkcnn.predict;

/** A model on one engine. Not thread-safe: one scorer belongs to one task. */
interface Scorer extends AutoCloseable {

    /**
     * Class probabilities.
     *
     * @param pixels {@code [size, channels, height, width]}, unsigned; may be longer than the batch
     * @param probabilities receives {@code [size, classes]}
     */
    void score(byte[] pixels, int size, float[] probabilities);

    /** The most images that one call may bring. */
    int batchSize();

    /** Frees what the scorer holds outside the Java heap. */
    @Override
    void close();
}
