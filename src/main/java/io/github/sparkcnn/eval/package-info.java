/**
 * What a network is worth on a test set: immutable results, from images in the driver or on the executors. Depends on
 * {@code data}, {@code data.format}, {@code data.job}, {@code data.pack}, {@code explain}, {@code image}, {@code io}, {@code kernel}, {@code model}, {@code predict}, Hadoop and Spark.
 */
package io.github.sparkcnn.eval;
