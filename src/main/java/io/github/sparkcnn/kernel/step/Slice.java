package io.github.sparkcnn.kernel.step;

/**
 * Where one parameter of a layer lies in the network's flat arrays.
 *
 * @param offset of its first float in the parameters, and in the gradient
 * @param length in floats
 * @param trainable whether a gradient is wanted; a frozen layer's is not
 */
public record Slice(long offset, long length, boolean trainable) {}
