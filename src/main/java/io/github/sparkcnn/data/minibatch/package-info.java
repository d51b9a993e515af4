/**
 * A worker's share becomes the minibatches of an epoch: shuffled, augmented, as floats. Depends on {@code data.augment}, {@code
 * data.pack}, {@code image} and {@code random}.
 */
package io.github.sparkcnn.data.minibatch;
