/**
 * The generated sample: drawn garments, so that a machine without a data set and without a network connection can train.
 * They are not Fashion-MNIST and never pass for it. Depends on {@code
 * data.format}, {@code data.pack}, {@code data.csv}, {@code image}, {@code random}, {@code io}, {@code config} and Spark.
 */
package io.github.sparkcnn.data.sample;
