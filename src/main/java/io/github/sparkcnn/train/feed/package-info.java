/**
 * A worker's images on their way to its replica. Depends on {@code data.minibatch} and {@code kernel}.
 */
package io.github.sparkcnn.train.feed;
