package io.github.sparkcnn.eval;

/**
 * A network's quality on a whole test set.
 *
 * @param images evaluated
 * @param loss mean cross-entropy, natural logarithm
 * @param accuracy fraction of the images whose most probable class is their label
 */
public record Evaluation(long images, double loss, double accuracy) {}
