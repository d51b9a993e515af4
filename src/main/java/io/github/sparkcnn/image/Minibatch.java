package io.github.sparkcnn.image;

/**
 * The images of one optimizer step, as the network takes them. The arrays may be longer than the minibatch: they are reused.
 *
 * @param features {@code [size, channels, height, width]} in c order, normalised
 * @param labels {@code [size]}, classes
 * @param size the number of images
 */
@SuppressWarnings("ArrayRecordComponent") // buffers that are filled again and again
public record Minibatch(float[] features, int[] labels, int size) {}
