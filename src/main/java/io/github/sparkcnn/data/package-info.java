/**
 * The way of the data up to the network, seen from above: a reader finds the format, a table is read once and packed, and jobs
 * show or convert a data set. Depends on the packages below it, on {@code config}, {@code image}, {@code io}, {@code keys} and
 * Spark; knows nothing of networks.
 */
package io.github.sparkcnn.data;
