package io.github.sparkcnn.explain;

/** What predicts. */
@FunctionalInterface
public interface Scores {

    /**
     * Class probabilities.
     *
     * @param pixels {@code [images, channels, height, width]}, unsigned; may be longer
     * @param images at most {@link Occlusion#BATCH}
     * @param probabilities receives {@code [images, classes]}; may be longer
     */
    void score(byte[] pixels, int images, float[] probabilities);
}
