/**
 * A convolutional network as a stage of Spark ML: an estimator that trains as {@code train} does, and the model that it fits.
 * Depends on {@code api}, {@code config}, {@code data}, {@code data.column}, {@code data.format}, {@code image}, {@code io},
 * {@code keys}, {@code model}, {@code network}, {@code network.optimizer}, {@code predict}, {@code track}, {@code train},
 * {@code train.listener}, Hadoop and Spark.
 */
package io.github.sparkcnn.ml;
