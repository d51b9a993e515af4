/**
 * The way of the data up to the network: file → DataFrame {@code (label INT, pixels BINARY)} → packed partition → minibatch.
 * Depends on {@code config}, {@code io} and Spark; knows nothing of networks.
 */
package io.github.sparkcnn.data;
