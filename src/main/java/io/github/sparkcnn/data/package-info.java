/**
 * The way of the data up to the network, seen from above: a reader finds the format, a table is read once and packed, and jobs
 * show or convert a data set. Knows nothing of networks. Depends on {@code config}, {@code data.augment}, {@code data.csv}, {@code
 * data.format}, {@code data.job}, {@code data.pack}, {@code data.sample}, {@code data.table}, {@code image}, {@code io}, Hadoop and Spark.
 */
package io.github.sparkcnn.data;
