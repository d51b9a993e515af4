/**
 * The generated sample: drawn garments, so that a machine without a data set and without a network connection can train. They
 * are not Fashion-MNIST and never pass for it. Depends on {@code config}, {@code data.csv}, {@code data.format}, {@code data.pack},
 * {@code image}, {@code io}, {@code random}, Hadoop and Spark.
 */
package io.github.sparkcnn.data.sample;
