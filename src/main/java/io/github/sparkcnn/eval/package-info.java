/**
 * What a network is worth on a test set: immutable results, from images in the driver or on the executors. Depends on
 * {@code data}, {@code kernel}, {@code model} and {@code predict}.
 */
package io.github.sparkcnn.eval;
