/**
 * A worker's images on their way to its replica. Depends on {@code data.minibatch}, {@code image} and {@code kernel}.
 */
package io.github.sparkcnn.train.feed;
